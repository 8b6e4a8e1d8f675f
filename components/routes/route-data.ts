import type { z } from "zod";
import type { Localized } from "../../lib/domain/message.ts";
import type {
  BackendView,
  KubeServiceView,
  MappingRow,
  RouteRowView,
  RouteView,
  RuleView,
  ServiceNetworkView,
} from "../../lib/domain/routes/route-view.ts";

/** The views as a door hands them to the browser: every Message is already a sentence. */
export type ShownRoute = Localized<RouteView>;
export type ShownRouteRow = Localized<RouteRowView>;
export type ShownRule = Localized<RuleView>;
export type ShownBackend = Localized<BackendView>;
export type ShownKubeService = Localized<KubeServiceView>;
export type ShownNetwork = Localized<ServiceNetworkView>;
export type ShownMapping = Localized<z.infer<typeof MappingRow>>;
