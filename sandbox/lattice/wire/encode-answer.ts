import type { LatticeError } from "../lattice-error.ts";

export type Protocol = "rest" | "json" | "query";
export type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

const contentType = { rest: "application/json", json: "application/x-amz-json-1.1", query: "text/xml" } as const;

/** The Query APIs have names of their own for what the JSON APIs call otherwise. */
const queryCodes: ReadonlyMap<string, string> = new Map([
  ["MissingAuthenticationTokenException", "MissingAuthenticationToken"],
  ["UnrecognizedClientException", "InvalidClientTokenId"],
  ["ExpiredTokenException", "ExpiredToken"],
  ["AccessDeniedException", "AccessDenied"],
  ["ThrottlingException", "Throttling"],
  ["UnknownOperationException", "InvalidAction"],
]);

export function encodeAnswer(
  protocol: Protocol,
  { operation, status, output, requestId }: { operation: string; status: number; output: object; requestId: string },
): Answer {
  const headers = { "content-type": contentType[protocol], "x-amzn-requestid": requestId };
  if (status === 204) return { status, headers: { "x-amzn-requestid": requestId }, body: "" };
  if (protocol !== "query") return { status, headers, body: JSON.stringify(output) };
  const result = `<${operation}Result>${xmlMembers(output)}</${operation}Result>`;
  const body = `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`;
  return { status, headers, body };
}

export function encodeError(protocol: Protocol, error: LatticeError, requestId: string): Answer {
  const { fields, retryAfterSeconds } = error.detail;
  const headers = {
    "content-type": contentType[protocol],
    "x-amzn-requestid": requestId,
    "x-amzn-errortype": error.type,
    ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
  };
  if (protocol !== "query") {
    const kind = protocol === "json" ? { __type: error.type } : {};
    return { status: error.status, headers, body: JSON.stringify({ ...kind, message: error.message, ...fields }) };
  }
  const code = queryCodes.get(error.type) ?? error.type;
  const who = error.status < 500 ? "Sender" : "Receiver";
  const inner = xmlMembers({ Type: who, Code: code, Message: error.message });
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>${inner}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status: error.status, headers, body };
}

function xmlMembers(members: object): string {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${xmlValue(value)}</${name}>`)
    .join("");
}

function xmlValue(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object" && value !== null) return xmlMembers(value);
  return String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
