import { adviseCluster } from "../../lib/domain/clusters/cluster-advice.ts";
import type { AdviceAnswers } from "./cluster-draft.ts";
import type { BlueprintOption } from "./form-options.ts";

/** The offered blueprint that fits four given answers; null while one is missing, or when a namespace would do. */
export function recommendedBlueprint(answers: AdviceAnswers, blueprints: readonly BlueprintOption[]): string | null {
  const { ownNodeTypes, ownUpgradeWindow, isolationRule, ownAccount } = answers;
  if (ownNodeTypes === null || ownUpgradeWindow === null || isolationRule === null || ownAccount === null) return null;
  const { blueprint } = adviseCluster({ ownNodeTypes, ownUpgradeWindow, isolationRule, ownAccount });
  return blueprints.some(({ id }) => id === blueprint) ? blueprint : null;
}
