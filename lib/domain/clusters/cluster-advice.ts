import { z } from "zod";
import { Message, message } from "../message.ts";
import { ADVICE_QUESTIONS, AdviceAnswers } from "./create-cluster-input.ts";

/** What the four questions lead to. `namespace` means: a place in a shared cluster is enough. */
export const ClusterAdvice = z.strictObject({
  recommendation: z.enum(["cluster", "namespace"]),
  sentence: Message,
  reasons: z.array(Message),
  /** The blueprint that fits the answers; null when no cluster is recommended. */
  blueprint: z.nullable(z.string()),
  answers: AdviceAnswers,
});
export type ClusterAdvice = z.infer<typeof ClusterAdvice>;

/** Asks first whether another cluster is needed at all (product.md §3). Every "yes" is a reason; without one a namespace is recommended. */
export function adviseCluster(answers: AdviceAnswers): ClusterAdvice {
  const reasons = ADVICE_QUESTIONS.filter((question) => answers[question]);
  if (reasons.length === 0) {
    const none = ADVICE_QUESTIONS.map((question) => message(`clusters.advice.no.${question}`));
    return { recommendation: "namespace", sentence: message("clusters.advice.namespace"), reasons: none, blueprint: null, answers };
  }
  return {
    recommendation: "cluster",
    sentence: message("clusters.advice.cluster", { count: reasons.length }),
    reasons: reasons.map((question) => message(`clusters.advice.yes.${question}`)),
    blueprint: fittingBlueprint(answers),
    answers,
  };
}

function fittingBlueprint(answers: AdviceAnswers): string {
  if (answers.isolationRule) return "eks-private";
  return answers.ownNodeTypes || answers.ownAccount ? "eks-standard" : "eks-small";
}
