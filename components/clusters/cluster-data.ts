import type { ClusterRowView, ClusterView } from "../../lib/domain/clusters/cluster-view.ts";
import type { Localized } from "../../lib/domain/message.ts";

/** The views as a door hands them to the browser: every Message is already a sentence. */
export type ShownCluster = Localized<ClusterView>;
export type ShownClusterRow = Localized<ClusterRowView>;
