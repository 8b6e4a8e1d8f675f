import { headerLines, isAsked, type ReachDraft } from "./reach-question.ts";

export const QUESTION_FIELDS = [
  "cluster",
  "kubeNamespace",
  "serviceAccount",
  "roleArn",
  "roleVpc",
  "vpc",
  "service",
  "method",
  "path",
  "headers",
] as const;
export type QuestionField = (typeof QUESTION_FIELDS)[number];
/** A key of `uiReach.wrong` per field. */
export type QuestionErrors = Readonly<Partial<Record<QuestionField, WrongWord>>>;
export type WrongWord = "cluster" | "both" | "role" | "roleForm" | "vpc" | "service" | "path" | "header" | "headers";

const ROLE = /^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:[a-z-]+\/\S+$/;
const HEADER = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:/;
const MOST_HEADERS = 10;

/** What is missing or cannot be meant, by the field that says it. Whether caller and service exist is the door's to say. */
export function checkQuestion(draft: ReachDraft): QuestionErrors {
  return { ...checkCaller(draft), ...(draft.service === "" ? { service: "service" } : {}), ...checkCall(draft) };
}

/** Is it a whole question that means something? Then there is an answer to read. */
export function isAskable(draft: ReachDraft): boolean {
  return isAsked(draft) && Object.keys(checkQuestion(draft)).length === 0;
}

function checkCaller(draft: ReachDraft): QuestionErrors {
  if (draft.kind === "vpc") return draft.vpc === "" ? { vpc: "vpc" } : {};
  if (draft.kind === "role") {
    const arn = draft.roleArn.trim();
    return arn === "" ? { roleArn: "role" } : ROLE.test(arn) ? {} : { roleArn: "roleForm" };
  }
  const hasNamespace = draft.kubeNamespace.trim() !== "";
  const hasAccount = draft.serviceAccount.trim() !== "";
  return {
    ...(draft.cluster === "" ? { cluster: "cluster" } : {}),
    ...(hasNamespace && !hasAccount ? { serviceAccount: "both" } : {}),
    ...(hasAccount && !hasNamespace ? { kubeNamespace: "both" } : {}),
  };
}

function checkCall(draft: ReachDraft): QuestionErrors {
  const path = draft.path.trim();
  const lines = headerLines(draft);
  return {
    ...(path !== "" && !path.startsWith("/") ? { path: "path" } : {}),
    ...(lines.length > MOST_HEADERS ? { headers: "headers" } : lines.every((line) => HEADER.test(line)) ? {} : { headers: "header" }),
  };
}
