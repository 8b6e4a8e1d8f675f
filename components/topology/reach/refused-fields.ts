import type { ViewError } from "../../live/fetch-view.ts";
import type { QuestionField } from "./check-question.ts";
import type { ReachDraft } from "./reach-question.ts";

type Refused = Partial<Record<QuestionField, string[]>>;

/** What the door refused of the question, by the field that shows it. */
export function refusedFields(
  error: Pick<ViewError, "fields"> | null,
  { kind }: Pick<ReachDraft, "kind">,
): Readonly<Partial<Record<QuestionField, readonly string[]>>> {
  const refused: Refused = {};
  for (const { path, message } of error?.fields ?? []) {
    const field = fieldOf(path.split(".")[0] ?? "", kind);
    if (field !== null) (refused[field] ??= []).push(message);
  }
  return refused;
}

function fieldOf(name: string, kind: ReachDraft["kind"]): QuestionField | null {
  switch (name) {
    case "caller":
      return kind === "role" ? "roleArn" : kind;
    case "vpc":
      return "roleVpc";
    case "header":
      return "headers";
    case "service":
    case "method":
    case "path":
      return name;
    default:
      return null;
  }
}
