import type { BlueprintData } from "../../lib/domain/clusters/blueprint.ts";
import type { Localized } from "../../lib/domain/message.ts";

/** A blueprint as a door hands it to the browser. */
export type ShownBlueprint = Localized<BlueprintData>;
