const WEBHOOK_PREFIX = /^(?:Internal error occurred: )?admission webhook "([^"]+)" denied the request: ?/;
const POLICY_PREFIX =
  /^(?:.*? is forbidden: |.*? is invalid: )?ValidatingAdmissionPolicy '([^']+)' with binding '[^']+' denied request: ?/s;
const OBJECT_PREFIX = /^\S* ?"[^"]*" is (?:invalid|forbidden): /;
/** A whole object quoted as a value, as the answer to a patch with an unknown field. */
const QUOTED_OBJECT = /Invalid value: "\{(?:[^"\\]|\\.)*": /g;
const UNCHECKED =
  /,? ?<nil>: Invalid value: (?:"?null"?): some validation rules were not checked because the object was invalid; correct the existing errors to complete validation/g;
const MAX_LENGTH = 2_000;
const MAX_READ = 32_000;

/** Who refused: the name of the admission webhook or of the ValidatingAdmissionPolicy, read from the message. */
export function refusedBy(message: string): { readonly webhook: string } | { readonly policy: string } | null {
  const webhook = WEBHOOK_PREFIX.exec(message)?.[1];
  if (webhook !== undefined) return { webhook };
  const policy = POLICY_PREFIX.exec(message)?.[1];
  return policy === undefined ? null : { policy };
}

/** The refusal's own words for people: without the sender's prefix, Go dumps, pointer addresses and the "not checked" line (cluster-api.md §11.4). */
export function plainWords(message: string): string {
  const withoutSender = message.slice(0, MAX_READ).replace(WEBHOOK_PREFIX, "").replace(POLICY_PREFIX, "").replace(OBJECT_PREFIX, "");
  const words = dropGoDumps(withoutSender.replace(UNCHECKED, "").replace(QUOTED_OBJECT, ""))
    .replace(/Invalid value: (?:"null"|…): /g, "")
    .replace(/, got &?(?:…|\{[^}]*\})/g, "")
    .replace(/\(?\*\w+\)?\(0x[0-9a-f]+\)|\b0x[0-9a-f]{6,}\b/g, "…")
    .replace(/^\[(.*)\]$/s, "$1")
    .trim();
  return words.length > MAX_LENGTH ? `${words.slice(0, MAX_LENGTH)}…` : words;
}

const DUMP_START = /(?<!\w)(?:&|\*|\[\]|map\[[^\]\s]*\])*(?:[A-Za-z_]\w*\.\w+|(?:\[\]|map\[\w+\])(?:string|int\d*|bool|interface \{\}))\{/g;

/** Replaces Go composite literals (`[]v1beta2.AccessEntry{…}`) by an ellipsis, braces counted, strings respected. */
function dropGoDumps(text: string): string {
  let result = "";
  let from = 0;
  for (const match of text.matchAll(DUMP_START)) {
    if (match.index < from) continue;
    result += `${text.slice(from, match.index)}…`;
    from = endOfDump(text, match.index + match[0].length);
  }
  return result + text.slice(from);
}

function endOfDump(text: string, start: number): number {
  let depth = 1;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === "\\") at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return at + 1;
  }
  return text.length;
}
