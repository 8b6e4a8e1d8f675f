import { type CallFacts, usualPort } from "../routes/how-to-call.ts";
import type { RouteMatch } from "../routes/route-input.ts";

/** One call that the first rule of a service takes, with nothing in it that a language could read as code. */
export type CallExample = {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: number;
  readonly method: string;
  /** Percent-encoded: ASCII without white space, quotes, back-slashes and brackets. */
  readonly path: string;
  /** Printable ASCII only; what is not is left out. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** `package.Service/Method`; only letters, digits, dots, dashes and underscores. */
  readonly grpcMethod: string | null;
  /** Null: not signed. */
  readonly region: string | null;
};

/** Null while there is no address, or when calls must be signed and the Region is not known. */
export function callExample({ host, scheme, port, region, signing }: CallFacts, match: RouteMatch | null): CallExample | null {
  if (host === null || (signing !== "none" && region === null)) return null;
  return {
    scheme,
    host,
    port,
    method: /^[A-Z]{1,20}$/.test(match?.method ?? "") ? (match?.method ?? "GET") : "GET",
    path: safePath(match?.path?.value ?? "/"),
    headers: (match?.headers ?? []).filter(({ name, value }) => /^[A-Za-z0-9-]{1,100}$/.test(name) && /^[\x20-\x7e]{0,200}$/.test(value)),
    grpcMethod: grpcMethodOf(match),
    region: signing === "none" ? null : region,
  };
}

export function exampleUrl({ scheme, host, port, path }: CallExample): string {
  return `${scheme}://${host}${port === usualPort(scheme) ? "" : `:${port}`}${path}`;
}

/** Keeps what a path may hold and no language minds; the rest as its UTF-8 bytes. */
function safePath(path: string): string {
  const bytes = new TextEncoder().encode(path.startsWith("/") ? path : `/${path}`);
  const text = Array.from(bytes, (byte) => {
    const char = String.fromCharCode(byte);
    return /[A-Za-z0-9/._~:@!*+,;=&%-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
  // A path of two slashes would read as a host.
  return text.replace(/^\/{2,}/, "/");
}

function grpcMethodOf(match: RouteMatch | null): string | null {
  const { service, method } = match?.grpc ?? {};
  const isName = (name: string | undefined) => name !== undefined && /^[A-Za-z0-9._-]{1,200}$/.test(name);
  return isName(service) ? `${service}/${isName(method) ? method : "Method"}` : null;
}
