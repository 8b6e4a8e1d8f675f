import { type Message, message } from "../message.ts";
import { type AuthStatement, REQUEST_METHOD, SOURCE_VPC } from "../routes/auth-policy.ts";
import { explainPolicy, keepsAnonymousOut } from "../routes/explain-policy.ts";
import { namedConsumer } from "../routes/named-consumer.ts";
import type { ObservedServiceNetwork } from "../routes/observed-network.ts";
import type { ObservedConsumer } from "../routes/observed-route.ts";
import { parseAuthPolicy } from "../routes/parse-auth-policy.ts";

type DoorPolicy = { readonly state: "open" | "none" | "unread" } | { readonly state: "text"; readonly text: string };

/** What decides who may call. `open`: no policy is asked for; `unread`: nobody could read it yet. */
export type DirectoryAccess = {
  readonly policy: DoorPolicy;
  /** The policies of those networks that ask for one: a call passes that of its network too. */
  readonly atNetworks: readonly { readonly name: string; readonly policy: DoorPolicy }[];
  readonly networks: readonly string[];
  /** Whose VPCs and roles are known by name. */
  readonly consumers: readonly Pick<ObservedConsumer, "name" | "team" | "roleArn" | "vpcId">[];
};

/** Who may call: one line for a list, and one sentence a statement for the page. */
export type AllowedCallers = { readonly line: Message; readonly words: readonly Message[] };

export function allowedCallers(access: DirectoryAccess): AllowedCallers {
  const own = callersAt(access.policy, access);
  const [first, ...others] = access.atNetworks.map(({ name, policy }) => ({ name, ...callersAt(policy, access), state: policy.state }));
  if (first === undefined) return own;
  const through = [first, ...others];
  const isShut = through.length === access.networks.length && through.every(({ state }) => state === "none");
  return {
    // The stricter of the two in one line; both in full for the page.
    line: isShut || access.policy.state === "open" ? first.line : own.line,
    words: [
      ...(access.policy.state === "open" ? [] : own.words),
      ...through.flatMap(({ name, words }) => [message("directory.callers.throughNetwork", { network: name }), ...words]),
    ],
  };
}

function callersAt(policy: DoorPolicy, access: DirectoryAccess): AllowedCallers {
  const { networks } = access;
  if (policy.state !== "text") {
    const key = { open: "network", none: "nobody", unread: "unread" }[policy.state];
    const said = message(`directory.mayCall.${key}`, { count: networks.length, network: networks.join(", ") });
    return { line: said, words: [message(`directory.callers.${key}`, { count: networks.length, network: networks.join(", ") })] };
  }
  const read = parseAuthPolicy(policy.text);
  if (!read.ok) return { line: message("directory.mayCall.unreadable"), words: [message("directory.callers.unreadable")] };
  const { statements } = read.policy;
  return { line: lineOf(statements, access), words: [...explainPolicy(read.policy, (principal) => nameFor(access, principal))] };
}

/** The networks that ask for IAM, with the policy that each of them holds. */
export function guardedNetworks(networks: readonly ObservedServiceNetwork[]): DirectoryAccess["atNetworks"] {
  return networks.flatMap(({ name, detail, policy }): DirectoryAccess["atNetworks"] => {
    if (detail?.value.authType !== "AWS_IAM") return [];
    if (policy === null) return [{ name, policy: { state: "unread" } }];
    return [{ name, policy: policy.value === null ? { state: "none" } : { state: "text", text: policy.value.policy } }];
  });
}

function lineOf(statements: readonly AuthStatement[], access: DirectoryAccess): Message {
  const allowing = statements.filter(({ effect }) => effect === "Allow");
  const callers = distinct(allowing.flatMap((statement) => callersIn(statement, access)));
  const [first, second] = callers;
  if (first === undefined) return message("directory.mayCall.nobody");
  const calls = new Set(allowing.map(callsOf));
  const [only = ""] = calls;
  const who =
    second === undefined
      ? first
      : callers.length === 2
        ? message("directory.mayCall.two", { first, second })
        : message("directory.mayCall.more", { first, second, count: callers.length - 2 });
  return calls.size === 1 && only !== "" ? message("directory.mayCall.calls", { who, calls: only }) : who;
}

function callersIn({ principal, notPrincipal, conditions }: AuthStatement, { consumers, networks }: DirectoryAccess): readonly Message[] {
  const named = (values: readonly string[]) =>
    values.map((value) => {
      const known = namedConsumer(consumers, value);
      if (known === null) return message("directory.mayCall.other", { name: shortArn(value) });
      return known.team === null
        ? message("directory.mayCall.other", { name: known.name })
        : message("directory.mayCall.of", { name: known.name, team: known.team });
    });
  if (principal.type === "aws" && !notPrincipal) return named(principal.arns);
  const vpcs = conditions.find(({ operator, key }) => operator === "StringEquals" && key.toLowerCase() === SOURCE_VPC.toLowerCase());
  if (vpcs !== undefined && !notPrincipal) return named(vpcs.values);
  const key = conditions.some(keepsAnonymousOut) ? "signed" : "network";
  return [message(`directory.mayCall.${key}`, { count: networks.length, network: networks.join(", ") })];
}

/** "GET, HEAD /v1/*"; empty for every call. */
function callsOf({ conditions, resources }: AuthStatement): string {
  const methods = conditions.find(({ operator, key }) => operator === "StringEquals" && key.toLowerCase() === REQUEST_METHOD.toLowerCase());
  const paths = resources.flatMap((resource) => /^arn:[^/]*:service\/[^/]*(\/.+)$/.exec(resource)?.[1] ?? []);
  return [methods?.values.join(", "), paths.join(", ")].filter(Boolean).join(" ");
}

/** `role/cart` of `arn:aws:iam::111122223333:role/cart`. */
function shortArn(arn: string): string {
  return /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(arn)?.[1] ?? arn;
}

function nameFor({ consumers }: DirectoryAccess, principal: string): string | null {
  const known = namedConsumer(consumers, principal);
  if (known === null) return null;
  return known.team === null ? known.name : `${known.name} · ${known.team}`;
}

function distinct(words: readonly Message[]): readonly Message[] {
  return [...new Map(words.map((word) => [JSON.stringify(word), word])).values()];
}
