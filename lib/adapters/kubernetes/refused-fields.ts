import type { FieldProblem } from "../../domain/portal-error.ts";
import type { KubeCause } from "./kube-status.ts";
import { plainWords } from "./plain-words.ts";

const KEY_OF_REASON: Readonly<Record<string, string>> = {
  FieldValueRequired: "kubernetes.field.required",
  FieldValueDuplicate: "kubernetes.field.duplicate",
  FieldValueNotSupported: "kubernetes.field.notSupported",
  FieldValueForbidden: "kubernetes.field.forbidden",
  FieldValueTooLong: "kubernetes.field.tooLong",
  FieldValueTooMany: "kubernetes.field.tooMany",
  FieldValueTypeInvalid: "kubernetes.field.wrongType",
};
const INVALID_KEY = "kubernetes.field.invalid";
const MAX_FIELDS = 50;

/** Field problems from `details.causes`; without causes (403 of identity webhooks, SSA typing errors) read from the text. */
export function refusedFields(causes: readonly KubeCause[], message: string): readonly FieldProblem[] {
  const fromCauses = causes
    .filter((cause) => cause.field !== "" && cause.field !== "<nil>" && cause.field !== "patch")
    .map((cause) => ({ path: cause.field, key: KEY_OF_REASON[cause.reason] ?? INVALID_KEY, raw: plainWords(cause.message) }));
  return (fromCauses.length > 0 ? fromCauses : fieldsInText(message)).slice(0, MAX_FIELDS);
}

function fieldsInText(message: string): readonly FieldProblem[] {
  const typed = /failed to create typed patch object \([^)]*\): (.*)$/s.exec(message)?.[1];
  if (typed !== undefined) return [...typed.split(/\n\s*(?:- )?/)].flatMap(typingProblem);
  const strict = [...message.matchAll(/(unknown|duplicate) field "([^"]+)"/g)];
  if (strict.length > 0)
    return strict.map((match) => ({
      path: match[2] ?? "",
      key: match[1] === "unknown" ? "kubernetes.field.unknown" : "kubernetes.field.duplicate",
      raw: match[0],
    }));
  const words = plainWords(message);
  const single = /^([a-zA-Z][\w.[\]"/-]*): (?=\S)/.exec(words);
  return single?.[1] === undefined ? [] : [{ path: single[1], key: INVALID_KEY, raw: words.slice(single[0].length) }];
}

function typingProblem(line: string): readonly FieldProblem[] {
  const match = /^\.([^:]+): (.*)$/s.exec(line);
  if (match?.[1] === undefined || match[2] === undefined) return [];
  const key = typingKey(match[2]);
  return [{ path: match[1], key, raw: plainWords(match[2]) }];
}

function typingKey(words: string): string {
  if (words.includes("not declared in schema")) return "kubernetes.field.unknown";
  if (words.includes("duplicate entries")) return "kubernetes.field.duplicate";
  if (words.includes("omits all key fields")) return "kubernetes.field.required";
  return words.startsWith("expected ") ? "kubernetes.field.wrongType" : INVALID_KEY;
}
