import type { Localized } from "../../../lib/domain/message.ts";
import type { ReachAnswer, ReachLayer, ReachMatrix, ReachOptions } from "../../../lib/domain/topology/reach-view.ts";

/** The views as a door hands them to the browser: every Message is already a sentence. */
export type ShownReach = Localized<ReachAnswer>;
export type ShownLayer = Localized<ReachLayer>;
export type ShownMatrix = Localized<ReachMatrix>;
export type ShownOutcome = ShownMatrix["outcomes"][number];
/** Whom and what the reader may ask about. */
export type ReachChoices = Localized<ReachOptions>;
