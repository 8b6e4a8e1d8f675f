import type { PolicyAnswer } from "./is-allowed.ts";
import type { PolicyCall } from "./policy-call.ts";

/** One row: statements (each laid over "allow everybody everything"), a call (laid over a signed GET of the role cart), and what AWS makes of it. */
export type PolicyCase = {
  readonly name: string;
  readonly policy: readonly object[];
  readonly call?: { readonly [Key in keyof PolicyCall]?: PolicyCall[Key] | undefined };
  readonly is: PolicyAnswer["result"];
};

const CART = "arn:aws:iam::333344445555:role/apps/cart";
const OTHER = "arn:aws:iam::333344445555:role/other";
const SERVICE = "arn:aws:vpc-lattice:ap-northeast-1:333344445555:service/svc-0a1b2c3d4e5f60718";
const NETWORK = "arn:aws:vpc-lattice:ap-northeast-1:333344445555:servicenetwork/sn-0a1b2c3d4e5f60718";

export const CASE_CALL: PolicyCall = {
  roleArn: CART,
  vpcId: "vpc-1",
  vpcOwner: "333344445555",
  method: "GET",
  path: "/orders/7?expand=lines",
  headers: [{ name: "X-Canary", value: "Yes" }],
  port: 443,
  serviceArn: SERVICE,
  networkArn: NETWORK,
  resourceTags: { team: "payments" },
};

const anonymous: PolicyCase["call"] = { roleArn: null };
/** A pod of a service account that signs with a role nobody told us. */
const pod: PolicyCase["call"] = {
  roleArn: null,
  isSigned: true,
  sessionTags: { "kubernetes-namespace": "shop", "kubernetes-service-account": "cart", "eks-cluster-name": "team-shop_storefront" },
};
const deny = (more: object = {}) => ({ Effect: "Deny", ...more });
const when = (operator: string, key: string, value: unknown, more: object = {}) => ({
  ...more,
  Condition: { [operator]: { [key]: value } },
});
const who = (...arns: readonly string[]) => ({ Principal: { AWS: arns } });
const butWho = (...arns: readonly string[]) => ({ Principal: undefined, NotPrincipal: { AWS: arns } });
const on = (...resources: readonly string[]) => ({ Resource: resources });
const L = "vpc-lattice-svcs:";

/** What the IAM User Guide and lattice.md §3.5 say, one promise a row. */
export const POLICY_CASES: readonly PolicyCase[] = [
  // Effects
  { name: "an allow for everybody lets a signed call in", policy: [{}], is: "allowed" },
  { name: "an explicit deny wins over an allow", policy: [{}, deny()], is: "denied" },
  { name: "an explicit deny wins whatever the order", policy: [deny(), {}], is: "denied" },
  { name: "no statement that fits is an implicit deny", policy: [who(OTHER)], is: "denied" },
  { name: "a policy of denies alone lets nobody in", policy: [deny(who(OTHER))], is: "denied" },
  { name: "a deny for somebody else changes nothing", policy: [{}, deny(who(OTHER))], is: "allowed" },
  { name: "a second allow is enough", policy: [who(OTHER), who(CART)], is: "allowed" },
  // Unsigned callers
  { name: "Principal * takes unsigned calls too", policy: [{}], call: anonymous, is: "allowed" },
  { name: "Principal {AWS: *} takes unsigned calls too", policy: [who("*")], call: anonymous, is: "allowed" },
  { name: "a named role does not take unsigned calls", policy: [who(CART)], call: anonymous, is: "denied" },
  { name: "an account does not take unsigned calls", policy: [who("333344445555")], call: anonymous, is: "denied" },
  {
    name: "a deny of the type Anonymous keeps unsigned calls out",
    policy: [{}, deny(when("StringEquals", "aws:PrincipalType", "Anonymous"))],
    call: anonymous,
    is: "denied",
  },
  {
    name: "a deny of the type Anonymous leaves signed calls alone",
    policy: [{}, deny(when("StringEquals", "aws:PrincipalType", "Anonymous"))],
    is: "allowed",
  },
  {
    name: "an allow of every type but Anonymous takes signed calls",
    policy: [when("StringNotEquals", "aws:PrincipalType", "Anonymous")],
    is: "allowed",
  },
  {
    name: "an allow of every type but Anonymous keeps unsigned calls out",
    policy: [when("StringNotEquals", "aws:PrincipalType", "Anonymous")],
    call: anonymous,
    is: "denied",
  },
  {
    name: "a VPC list with Principal * takes unsigned calls of that VPC",
    policy: [when("StringEquals", `${L}SourceVpc`, ["vpc-1", "vpc-2"])],
    call: anonymous,
    is: "allowed",
  },
  { name: "a VPC list keeps another VPC out", policy: [when("StringEquals", `${L}SourceVpc`, ["vpc-2"])], call: anonymous, is: "denied" },
  // Principals
  { name: "a role by its ARN with path", policy: [who(CART)], is: "allowed" },
  { name: "a role's ARN without its path is another role", policy: [who("arn:aws:iam::333344445555:role/cart")], is: "denied" },
  { name: "ARNs are compared with case", policy: [who("arn:aws:iam::333344445555:role/apps/Cart")], is: "denied" },
  { name: "the account's root stands for the account", policy: [who("arn:aws:iam::333344445555:root")], is: "allowed" },
  { name: "the account's number stands for the account", policy: [who("333344445555")], is: "allowed" },
  { name: "another account's root does not", policy: [who("arn:aws:iam::444455556666:root")], is: "denied" },
  { name: "one session of the role may be this one", policy: [who("arn:aws:sts::333344445555:assumed-role/cart/pod-1")], is: "unknown" },
  { name: "a session of another role is not this one", policy: [who("arn:aws:sts::333344445555:assumed-role/other/pod-1")], is: "denied" },
  {
    name: "a session of a role of that name in another account is not this one",
    policy: [who("arn:aws:sts::444455556666:assumed-role/cart/pod-1")],
    is: "denied",
  },
  { name: "a user is not this role", policy: [who("arn:aws:iam::333344445555:user/cart")], is: "denied" },
  { name: "a role nobody told us may be the named one", policy: [who(CART)], call: pod, is: "unknown" },
  { name: "NotPrincipal with allow takes everybody else", policy: [butWho(OTHER)], is: "allowed" },
  { name: "NotPrincipal with allow takes unsigned calls", policy: [butWho(OTHER)], call: anonymous, is: "allowed" },
  { name: "NotPrincipal with allow keeps the named role out", policy: [butWho(CART)], is: "denied" },
  { name: "NotPrincipal * takes nobody", policy: [{ Principal: undefined, NotPrincipal: "*" }], is: "denied" },
  { name: "NotPrincipal with deny hits whoever is not named", policy: [{}, deny(butWho(OTHER))], is: "denied" },
  {
    name: "NotPrincipal with deny may still hit the named role's session",
    policy: [{}, deny(butWho(CART, "arn:aws:iam::333344445555:root"))],
    is: "unknown",
  },
  // Actions
  { name: "the action * covers calls", policy: [{ Action: "*" }], is: "allowed" },
  { name: "actions are compared without case, with wildcards", policy: [{ Action: `VPC-Lattice-svcs:inv*` }], is: "allowed" },
  { name: "Connect is not Invoke", policy: [{ Action: `${L}Connect` }], is: "denied" },
  {
    name: "a passthrough connection needs Connect",
    policy: [{ Action: `${L}Connect` }],
    call: { ...anonymous, action: `${L}Connect` },
    is: "allowed",
  },
  { name: "Invoke does not open a passthrough connection", policy: [{}], call: { ...anonymous, action: `${L}Connect` }, is: "denied" },
  { name: "NotAction of another action covers calls", policy: [{ Action: undefined, NotAction: `${L}Connect` }], is: "allowed" },
  { name: "NotAction of the call leaves it out", policy: [{ Action: undefined, NotAction: `${L}*` }], is: "denied" },
  // Resources
  { name: "the service with every path", policy: [on(`${SERVICE}/*`)], is: "allowed" },
  { name: "a path below the service", policy: [on(`${SERVICE}/orders/*`)], is: "allowed" },
  { name: "a query is no part of the path", policy: [on(`${SERVICE}/orders/7`)], is: "allowed" },
  { name: "a wildcard crosses slashes", policy: [on(`${SERVICE}/orders/*`)], call: { path: "/orders/7/lines/2" }, is: "allowed" },
  { name: "a question mark is exactly one character", policy: [on(`${SERVICE}/orders/?`)], call: { path: "/orders/77" }, is: "denied" },
  { name: "paths are compared with case", policy: [on(`${SERVICE}/Orders/*`)], is: "denied" },
  { name: "/orders is not below /orders/*", policy: [on(`${SERVICE}/orders/*`)], call: { path: "/orders" }, is: "denied" },
  { name: "the service's ARN without a path is no call", policy: [on(SERVICE)], is: "denied" },
  { name: "another service", policy: [on(`${SERVICE.slice(0, -1)}9/*`)], is: "denied" },
  { name: "any service of any account, with a path", policy: [on("arn:aws:vpc-lattice:*:*:service/*/orders/*")], is: "allowed" },
  { name: "NotResource of another path", policy: [{ Resource: undefined, NotResource: `${SERVICE}/admin/*` }], is: "allowed" },
  { name: "NotResource of this path", policy: [{ Resource: undefined, NotResource: `${SERVICE}/orders/*` }], is: "denied" },
  { name: "a deny of one path only", policy: [{}, deny(on(`${SERVICE}/admin/*`))], is: "allowed" },
  { name: "a resource with a policy variable", policy: [on(`${SERVICE}/\${aws:PrincipalTag/team}/*`)], is: "unknown" },
  // String operators
  { name: "a method", policy: [when("StringEquals", `${L}RequestMethod`, ["GET", "HEAD"])], is: "allowed" },
  { name: "another method", policy: [when("StringEquals", `${L}RequestMethod`, "POST")], is: "denied" },
  { name: "values are compared with case", policy: [when("StringEquals", `${L}RequestMethod`, "get")], is: "denied" },
  { name: "values without case, when asked", policy: [when("StringEqualsIgnoreCase", `${L}RequestMethod`, "get")], is: "allowed" },
  { name: "not equal without case", policy: [when("StringNotEqualsIgnoreCase", `${L}RequestMethod`, "get")], is: "denied" },
  { name: "StringEquals takes no wildcards", policy: [when("StringEquals", `${L}RequestPath`, "/orders/*")], is: "denied" },
  {
    name: "StringLike takes wildcards, and the path has no query",
    policy: [when("StringLike", `${L}RequestPath`, "/orders/?")],
    is: "allowed",
  },
  { name: "StringNotLike", policy: [when("StringNotLike", `${L}RequestPath`, ["/admin/*", "/orders/*"])], is: "denied" },
  {
    name: "StringNotEquals needs every listed value to differ",
    policy: [when("StringNotEquals", `${L}RequestMethod`, ["PUT", "POST"])],
    is: "allowed",
  },
  { name: "keys are compared without case", policy: [when("StringEquals", "VPC-LATTICE-SVCS:sourcevpc", "vpc-1")], is: "allowed" },
  {
    name: "several keys must all hold",
    policy: [{ Condition: { StringEquals: { [`${L}RequestMethod`]: "GET", [`${L}SourceVpc`]: "vpc-2" } } }],
    is: "denied",
  },
  {
    name: "several operators must all hold",
    policy: [{ Condition: { StringEquals: { [`${L}RequestMethod`]: "GET" }, StringLike: { [`${L}RequestPath`]: "/admin/*" } } }],
    is: "denied",
  },
  {
    name: "a policy variable as a value",
    policy: [when("StringEquals", `${L}RequestMethod`, "${aws:PrincipalTag/method}")],
    is: "unknown",
  },
  {
    name: "a policy variable beside a value that fits",
    policy: [when("StringEquals", `${L}RequestMethod`, ["${aws:PrincipalTag/method}", "GET"])],
    is: "allowed",
  },
  // Headers and query
  { name: "a header, its name without case", policy: [when("StringEquals", `${L}RequestHeader/x-canary`, "Yes")], is: "allowed" },
  { name: "a header's value with case", policy: [when("StringEquals", `${L}RequestHeader/x-canary`, "yes")], is: "denied" },
  { name: "a header that is not sent", policy: [when("StringEquals", `${L}RequestHeader/x-other`, "yes")], is: "denied" },
  {
    name: "a header that clients send by themselves",
    policy: [when("StringEquals", `${L}RequestHeader/user-agent`, "curl")],
    is: "unknown",
  },
  {
    name: "a header when no header is known",
    policy: [when("StringEquals", `${L}RequestHeader/x-canary`, "Yes")],
    call: { headers: undefined },
    is: "unknown",
  },
  { name: "a key of the query", policy: [when("StringEquals", `${L}RequestQueryString/expand`, "lines")], is: "allowed" },
  { name: "a key of the query that is not there", policy: [when("StringEquals", `${L}RequestQueryString/page`, "1")], is: "denied" },
  {
    name: "ForAnyValue: one of the header's values fits",
    policy: [when("ForAnyValue:StringEquals", `${L}RequestHeader/x-role`, ["reader"])],
    call: {
      headers: [
        { name: "x-role", value: "writer" },
        { name: "x-role", value: "reader" },
      ],
    },
    is: "allowed",
  },
  {
    name: "ForAllValues: one of the header's values does not fit",
    policy: [when("ForAllValues:StringEquals", `${L}RequestHeader/x-role`, ["reader"])],
    call: {
      headers: [
        { name: "x-role", value: "writer" },
        { name: "x-role", value: "reader" },
      ],
    },
    is: "denied",
  },
  {
    name: "a plain operator over several values",
    policy: [when("StringEquals", `${L}RequestHeader/x-role`, ["reader"])],
    call: {
      headers: [
        { name: "x-role", value: "writer" },
        { name: "x-role", value: "reader" },
      ],
    },
    is: "unknown",
  },
  // Absent keys
  { name: "IfExists holds for a missing key", policy: [when("StringEqualsIfExists", `${L}RequestHeader/x-other`, "yes")], is: "allowed" },
  {
    name: "IfExists compares a key that is there",
    policy: [when("StringEqualsIfExists", `${L}RequestHeader/x-canary`, "no")],
    is: "denied",
  },
  {
    name: "a negated operator holds for a missing key",
    policy: [when("StringNotEquals", `${L}RequestHeader/x-other`, "yes")],
    is: "allowed",
  },
  {
    name: "ForAllValues holds for a missing key",
    policy: [when("ForAllValues:StringEquals", `${L}RequestHeader/x-other`, "yes")],
    is: "allowed",
  },
  {
    name: "ForAnyValue does not hold for a missing key, negated or not",
    policy: [when("ForAnyValue:StringNotEquals", `${L}RequestHeader/x-other`, "yes")],
    is: "denied",
  },
  { name: "Null true: the key must be missing", policy: [when("Null", `${L}RequestHeader/x-canary`, "true")], is: "denied" },
  { name: "Null false: the key must be there", policy: [when("Null", `${L}RequestHeader/x-canary`, "false")], is: "allowed" },
  { name: "Null tells unsigned calls", policy: [{}, deny(when("Null", "aws:PrincipalArn", "true"))], call: anonymous, is: "denied" },
  // ARNs, numbers, booleans
  { name: "ArnLike on the caller", policy: [when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/apps/*")], is: "allowed" },
  {
    name: "ArnEquals takes wildcards as ArnLike does",
    policy: [when("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::333344445555:role/*")],
    is: "allowed",
  },
  { name: "ArnNotLike", policy: [when("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::*:role/apps/*")], is: "denied" },
  {
    name: "a wildcard of ArnLike stays between colons",
    policy: [when("ArnLike", "aws:PrincipalArn", "arn:aws:*:role/apps/cart:x:y")],
    is: "denied",
  },
  { name: "ArnLike with something that is no ARN", policy: [when("ArnLike", "aws:PrincipalArn", "cart*")], is: "unknown" },
  { name: "the service's ARN as a condition", policy: [when("ArnEquals", `${L}ServiceArn`, SERVICE)], is: "allowed" },
  { name: "the network's ARN as a condition", policy: [when("StringEquals", `${L}ServiceNetworkArn`, NETWORK)], is: "allowed" },
  { name: "another network's ARN", policy: [when("StringEquals", `${L}ServiceNetworkArn`, `${NETWORK}0`)], is: "denied" },
  { name: "the port as a number", policy: [when("NumericEquals", `${L}Port`, [80, 443])], is: "allowed" },
  { name: "the port as a text", policy: [when("StringEquals", `${L}Port`, "443")], is: "allowed" },
  { name: "a port below", policy: [when("NumericLessThan", `${L}Port`, 443)], is: "denied" },
  { name: "not this port", policy: [when("NumericNotEquals", `${L}Port`, "443")], is: "denied" },
  { name: "a boolean", policy: [when("Bool", "aws:PrincipalIsAWSService", false)], is: "allowed" },
  { name: "the VPC's owner", policy: [when("StringEquals", `${L}SourceVpcOwnerAccount`, "333344445555")], is: "allowed" },
  // What only AWS knows
  { name: "the organisation of a signed call", policy: [when("StringEquals", "aws:PrincipalOrgID", "o-1")], is: "unknown" },
  {
    name: "the organisation of an unsigned call",
    policy: [when("StringEquals", "aws:PrincipalOrgID", "o-1")],
    call: anonymous,
    is: "denied",
  },
  {
    name: "a deny outside the organisation hits unsigned calls",
    policy: [{}, deny(when("StringNotEquals", "aws:PrincipalOrgID", "o-1"))],
    call: anonymous,
    is: "denied",
  },
  {
    name: "a deny outside the organisation may hit a signed call",
    policy: [{}, deny(when("StringNotEquals", "aws:PrincipalOrgID", "o-1"))],
    is: "unknown",
  },
  {
    name: "a condition on the organisation that cannot matter",
    policy: [when("StringEquals", "aws:PrincipalOrgID", "o-1", who(OTHER)), who(CART)],
    is: "allowed",
  },
  { name: "the account of the caller", policy: [when("StringEquals", "aws:PrincipalAccount", "333344445555")], is: "allowed" },
  { name: "a tag of the role", policy: [when("StringEquals", "aws:PrincipalTag/team", "shop")], is: "unknown" },
  { name: "a tag of the service, its key without case", policy: [when("StringEquals", "aws:ResourceTag/Team", "payments")], is: "allowed" },
  { name: "a tag that the service does not have", policy: [when("StringEquals", "aws:ResourceTag/stage", "prod")], is: "denied" },
  {
    name: "tags of a service that were never read",
    policy: [when("StringEquals", "aws:ResourceTag/team", "payments")],
    call: { resourceTags: undefined },
    is: "unknown",
  },
  {
    name: "a session tag of EKS Pod Identity",
    policy: [
      {
        Condition: {
          StringEquals: { "aws:PrincipalTag/kubernetes-namespace": "shop", "aws:PrincipalTag/eks-cluster-name": "team-shop_storefront" },
        },
      },
    ],
    call: pod,
    is: "allowed",
  },
  {
    name: "a session tag of another service account",
    policy: [when("StringEquals", "aws:PrincipalTag/kubernetes-service-account", "admin")],
    call: pod,
    is: "denied",
  },
  {
    name: "a tag that an unsigned call cannot have",
    policy: [when("StringLike", "aws:PrincipalTag/team", "*")],
    call: anonymous,
    is: "denied",
  },
  { name: "a key that nobody documents", policy: [when("StringEquals", `${L}SourceVPCs`, "vpc-1")], is: "unknown" },
  { name: "an address of the caller", policy: [when("IpAddress", "aws:SourceIp", "10.0.0.0/8")], is: "unknown" },
  { name: "a date", policy: [when("DateGreaterThan", "aws:CurrentTime", "2026-01-01T00:00:00Z")], is: "unknown" },
  { name: "a VPC that is not known", policy: [when("StringEquals", `${L}SourceVpc`, "vpc-1")], call: { vpcId: null }, is: "unknown" },
  {
    name: "no method is seen inside a passthrough connection",
    policy: [when("StringEquals", `${L}RequestMethod`, "GET", { Action: "*" })],
    call: { ...anonymous, action: `${L}Connect` },
    is: "denied",
  },
];
