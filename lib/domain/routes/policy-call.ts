import { type INVOKE, REQUEST_METHOD, SOURCE_VPC } from "./auth-policy.ts";

export const CONNECT = "vpc-lattice-svcs:Connect";

/**
 * A call as far as it is known. `roleArn` null: not signed, unless `isSigned` says that a role nobody knows signs it. Absent members are not known; nothing is
 * assumed of them.
 */
export type PolicyCall = {
  readonly roleArn: string | null;
  readonly isSigned?: boolean;
  /** Null: not known. */
  readonly vpcId: string | null;
  readonly vpcOwner?: string;
  /** Null: any method there is. */
  readonly method: string | null;
  /** May carry a query; a pattern with `*` and `?` when `isPattern` says so. */
  readonly path: string;
  /** All calls whose paths the pattern stands for, each with whatever query: what then holds, holds for every one of them. */
  readonly isPattern?: true;
  /** All headers that the caller sets; what clients add by themselves is not among them. */
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
  readonly port?: number;
  readonly serviceArn?: string;
  readonly networkArn?: string;
  /** `Connect` for TLS passthrough, where nothing of the request is seen (lattice.md §3.5). */
  readonly action?: typeof INVOKE | typeof CONNECT;
  /** Tags of the session that are known, for example those of EKS Pod Identity; others may be there too. */
  readonly sessionTags?: Readonly<Record<string, string>>;
  /** Every tag of the service. */
  readonly resourceTags?: Readonly<Record<string, string>>;
};

/** The values of a condition key; `absent` when the call has no such key at all, `unknown` when only AWS can say. */
export type KeyValues = readonly string[] | "absent" | "unknown";

export function isSigned({ roleArn, isSigned: said }: PolicyCall): boolean {
  return said ?? roleArn !== null;
}

/** Without query, which neither Resource nor RequestPath holds. */
export function pathOf({ path, isPattern }: Pick<PolicyCall, "path" | "isPattern">): string {
  return isPattern === true ? path : path.split(/[?#]/, 1)[0] || "/";
}

/** Headers that an HTTP client or a signer sends without being told: their values are not known, nor whether they are there. */
const SENT_BY_CLIENTS =
  /^(?:host|user-agent|accept(?:-.*)?|connection|content-.*|transfer-encoding|authorization|te|via|forwarded|traceparent|tracestate|x-amz.*|x-forwarded-.*)$/;
const LATTICE = "vpc-lattice-svcs:";
const HEADER = `${LATTICE}requestheader/`;
const QUERY = `${LATTICE}requestquerystring/`;
const PRINCIPAL_TAG = "aws:principaltag/";
const RESOURCE_TAG = "aws:resourcetag/";

/** The condition keys of lattice.md §3.5. `key` in lower case: keys are compared without case, the names of tags in them too (IAM User Guide, "Condition keys"). */
export function valuesOf(key: string, call: PolicyCall): KeyValues {
  if (key.startsWith(LATTICE)) return latticeValues(key, call);
  if (key.startsWith(RESOURCE_TAG))
    return call.resourceTags === undefined ? "unknown" : tagIn(call.resourceTags, key.slice(RESOURCE_TAG.length), "absent");
  return key.startsWith("aws:principal") ? principalValues(key, call) : "unknown";
}

function latticeValues(key: string, call: PolicyCall): KeyValues {
  if (key === SOURCE_VPC.toLowerCase()) return one(call.vpcId ?? undefined);
  if (key === `${LATTICE}sourcevpcowneraccount`) return one(call.vpcOwner);
  if (key === `${LATTICE}servicearn`) return one(call.serviceArn);
  if (key === `${LATTICE}servicenetworkarn`) return one(call.networkArn);
  if (key === `${LATTICE}port`) return one(call.port?.toString());
  // Nothing of a request inside a passthrough connection is seen.
  const isHidden = call.action === CONNECT;
  if (key === REQUEST_METHOD.toLowerCase()) return isHidden ? "absent" : one(call.method ?? undefined);
  if (key === `${LATTICE}requestpath`) return isHidden ? "absent" : isManyPaths(call) ? "unknown" : [pathOf(call)];
  if (key.startsWith(HEADER)) return isHidden ? "absent" : headerValues(key.slice(HEADER.length), call);
  if (key.startsWith(QUERY)) return isHidden ? "absent" : queryValues(key.slice(QUERY.length), call);
  return "unknown";
}

function headerValues(name: string, { headers }: PolicyCall): KeyValues {
  if (headers === undefined) return "unknown";
  const values = headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
  if (values.length > 0) return values;
  return SENT_BY_CLIENTS.test(name) ? "unknown" : "absent";
}

/** More than one path: a pattern with a wildcard in it. */
function isManyPaths({ path, isPattern }: PolicyCall): boolean {
  return isPattern === true && /[*?]/.test(path);
}

function queryValues(name: string, { path, isPattern }: PolicyCall): KeyValues {
  if (isPattern === true) return "unknown";
  const query = /\?([^#]*)/.exec(path)?.[1] ?? "";
  const pairs = [...new URLSearchParams(query)].filter(([key]) => key.toLowerCase() === name);
  if (pairs.length === 0) return "absent";
  // Whether Lattice tells Id from id is not documented.
  return pairs.some(([key]) => key !== pairs[0]?.[0]) ? "unknown" : pairs.map(([, value]) => value);
}

function principalValues(key: string, call: PolicyCall): KeyValues {
  if (key === "aws:principaltype") return [isSigned(call) ? "AssumedRole" : "Anonymous"];
  if (!isSigned(call)) return "absent";
  if (key === "aws:principalarn") return one(call.roleArn ?? undefined);
  if (key === "aws:principalaccount") return one(call.roleArn?.split(":")[4]);
  if (key === "aws:principalisawsservice") return ["false"];
  if (key.startsWith(PRINCIPAL_TAG)) return tagIn(call.sessionTags ?? {}, key.slice(PRINCIPAL_TAG.length), "unknown");
  return "unknown";
}

function tagIn(tags: Readonly<Record<string, string>>, name: string, otherwise: KeyValues): KeyValues {
  const found = Object.entries(tags).find(([key]) => key.toLowerCase() === name);
  return found === undefined ? otherwise : [found[1]];
}

function one(value: string | undefined): KeyValues {
  return value === undefined ? "unknown" : [value];
}
