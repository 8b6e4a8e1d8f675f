import type { ReachLayerId } from "../../lib/domain/topology/reach-view.ts";
import { account, otherAccount, vpcId } from "../../sandbox/lattice/testing/test-emulator.ts";
import { forwardTo, idOf, notFoundAction } from "../../sandbox/lattice/testing/test-resources.ts";
import { exact, header, otherVpc, prefix, role, type Scene, type Statement, stranger } from "./reach-scene.ts";

export type Call = {
  readonly vpcId?: string;
  readonly roleArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly orgId?: string;
  readonly identityPolicy?: string;
  readonly port?: number;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly customNameResolves?: boolean;
  readonly host?: string;
  readonly scheme?: "http" | "https";
};

export type Constellation = {
  readonly name: string;
  /** What makes it another one than the plain scene. Answers a text when another service than `orders` is called: its id. */
  readonly set: (scene: Scene) => Promise<unknown>;
  readonly call?: Call;
  /** Where the request really ends; null: it arrives. */
  readonly ends: ReachLayerId | null;
  /** The layer the portal cannot know, so that it may answer "unknown" or leave it open; absent: it must know. */
  readonly open?: ReachLayerId;
};

const nothing = async () => undefined;
const allow = (more: Statement = {}): Statement => ({
  Effect: "Allow",
  Principal: "*",
  Action: "vpc-lattice-svcs:Invoke",
  Resource: "*",
  ...more,
});
const deny = (more: Statement = {}): Statement => allow({ Effect: "Deny", ...more });
const when = (Condition: object): Statement => allow({ Condition });
const equals = (key: string, value: unknown) => ({ StringEquals: { [key]: value } });
const service =
  (...statements: readonly Statement[]) =>
  (scene: Scene) =>
    scene.guardService(...statements);
const network =
  (...statements: readonly Statement[]) =>
  (scene: Scene) =>
    scene.guardNetwork(...statements);
const sourceVpc = "vpc-lattice-svcs:SourceVpc";
const asRole = { roleArn: role };
const vault = "vault.example.com";

const ways: readonly Constellation[] = [
  { name: "plain", set: nothing, ends: null },
  { name: "from a VPC without an association", set: nothing, call: { vpcId: otherVpc }, ends: "vpc" },
  {
    name: "from a VPC of another network",
    set: async ({ lattice }) => {
      const other = idOf(await lattice.createServiceNetwork({ name: "net-dev" }));
      await lattice.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: other, vpcIdentifier: otherVpc });
    },
    call: { vpcId: otherVpc },
    ends: "vpc",
  },
  {
    name: "the service is in no network",
    set: async ({ lattice, serviceAssociation }) => {
      await lattice.deleteServiceNetworkServiceAssociation({ serviceNetworkServiceAssociationIdentifier: serviceAssociation });
    },
    ends: "vpc",
  },
  {
    name: "the service is in two networks, the caller's VPC in the second",
    set: async ({ lattice, service: serviceIdentifier }) => {
      const other = idOf(await lattice.createServiceNetwork({ name: "net-dev" }));
      await lattice.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: other, vpcIdentifier: otherVpc });
      await lattice.createServiceNetworkServiceAssociation({ serviceIdentifier, serviceNetworkIdentifier: other });
    },
    call: { vpcId: otherVpc },
    ends: null,
  },
  ...(["CREATE_IN_PROGRESS", "CREATE_FAILED", "DELETE_IN_PROGRESS"] as const).flatMap((status): Constellation[] => [
    {
      name: `the VPC's association is ${status}`,
      set: async ({ emulator }) => emulator.control.forceStatus({ kind: "vpc-association", match: "*", status }),
      ends: "association",
    },
    {
      name: `the service's association is ${status}`,
      set: async ({ emulator }) => emulator.control.forceStatus({ kind: "service-association", match: "*", status }),
      ends: "association",
    },
  ]),
  {
    name: "the VPC's association is UPDATE_IN_PROGRESS",
    set: async ({ emulator }) => emulator.control.forceStatus({ kind: "vpc-association", match: "*", status: "UPDATE_IN_PROGRESS" }),
    ends: null,
  },
  {
    name: "a security group keeps the caller out",
    set: async ({ emulator, lattice, vpcAssociation }) => {
      const id = "sg-0123456789abcdef0";
      emulator.control.putSecurityGroup({ id, admits: [{ from: "sg-of-somebody-else" }] });
      await lattice.updateServiceNetworkVpcAssociation({ serviceNetworkVpcAssociationIdentifier: vpcAssociation, securityGroupIds: [id] });
    },
    ends: "security-groups",
    open: "security-groups",
  },
  {
    name: "a VPC of another account, through a shared network",
    set: async ({ emulator, lattice, network: id }) => {
      const { arn = "" } = await lattice.getServiceNetwork({ serviceNetworkIdentifier: id });
      emulator.control.putShare({ arn, account: otherAccount });
      await emulator.lattice("AKIAPORTAL").createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: arn, vpcIdentifier: otherVpc });
    },
    call: { vpcId: otherVpc },
    ends: null,
  },
  {
    name: "a share that nobody accepted",
    set: async ({ emulator, lattice, network: id }) => {
      const { arn = "" } = await lattice.getServiceNetwork({ serviceNetworkIdentifier: id });
      emulator.control.putShare({ arn, account: otherAccount, status: "PENDING" });
    },
    call: { vpcId: otherVpc },
    ends: "vpc",
  },
  { name: "a service of another account, shared through RAM", set: foreignService, ends: null, open: "listener" },
  { name: "passed-through TLS by its custom domain", set: passthrough, call: tlsCall(true), ends: null, open: "dns" },
  { name: "a custom domain that nothing resolves", set: passthrough, call: tlsCall(false), ends: "dns", open: "dns" },
];

const rules: readonly Constellation[] = [
  { name: "no listener on the port", set: nothing, call: { port: 8080 }, ends: "listener" },
  {
    name: "no listener at all",
    set: async ({ lattice, place }) => {
      await lattice.deleteListener(place);
    },
    ends: "listener",
  },
  { name: "an exact path", set: (scene) => scene.changeRule({ match: exact("/orders") }), call: { path: "/orders" }, ends: null },
  {
    name: "more than an exact path",
    set: (scene) => scene.changeRule({ match: exact("/orders") }),
    call: { path: "/orders/1" },
    ends: "rule",
  },
  { name: "a prefix", set: (scene) => scene.changeRule({ match: prefix("/orders/") }), call: { path: "/orders/1" }, ends: null },
  {
    name: "a prefix of the text, not of a segment",
    set: (scene) => scene.changeRule({ match: prefix("/api") }),
    call: { path: "/apiv2" },
    ends: null,
  },
  {
    name: "a path in other letters",
    set: (scene) => scene.changeRule({ match: prefix("/orders") }),
    call: { path: "/Orders" },
    ends: "rule",
  },
  {
    name: "a path in any letters",
    set: (scene) => scene.changeRule({ match: prefix("/orders", false) }),
    call: { path: "/Orders" },
    ends: null,
  },
  { name: "the method", set: (scene) => scene.changeRule({ match: { httpMatch: { method: "GET" } } }), ends: null },
  {
    name: "another method",
    set: (scene) => scene.changeRule({ match: { httpMatch: { method: "GET" } } }),
    call: { method: "POST" },
    ends: "rule",
  },
  {
    name: "a header",
    set: (scene) => scene.changeRule({ match: header("x-plan", "gold") }),
    call: { headers: { "X-Plan": "GOLD" } },
    ends: null,
  },
  {
    name: "another header",
    set: (scene) => scene.changeRule({ match: header("x-plan", "gold") }),
    call: { headers: { "x-plan": "iron" } },
    ends: "rule",
  },
  {
    name: "no rule but the default, which forwards",
    set: async ({ lattice, place, rule, group }) => {
      await lattice.updateListener({ ...place, defaultAction: forwardTo([group, 1]) });
      await lattice.deleteRule({ ...place, ruleIdentifier: rule });
    },
    ends: null,
  },
  {
    name: "a narrower rule before, whose group is empty",
    set: async (scene) => {
      const empty = await scene.makeGroup("k8s-payments-empty", []);
      await scene.addRule({ priority: 1, match: prefix("/v1/"), groups: [[empty, 1]] });
    },
    call: { path: "/v1/orders" },
    ends: "targets",
  },
  {
    name: "a rule whose backends are missing",
    set: async ({ lattice, place, rule }) => {
      await lattice.updateRule({ ...place, ruleIdentifier: rule, action: { fixedResponse: { statusCode: 500 } } });
    },
    ends: "rule",
  },
];

const targets: readonly Constellation[] = [
  {
    name: "all weight on one of two groups, the other empty",
    set: async (scene) =>
      scene.changeRule({
        groups: [
          [scene.group, 1],
          [await scene.makeGroup("k8s-payments-next", []), 0],
        ],
      }),
    ends: null,
  },
  { name: "no weight on any group", set: (scene) => scene.changeRule({ groups: [[scene.group, 0]] }), ends: "target-groups" },
  {
    name: "two good groups by weight",
    set: async (scene) =>
      scene.changeRule({
        groups: [
          [scene.group, 90],
          [await scene.makeGroup("k8s-payments-next", ["10.2.9.9"]), 10],
        ],
      }),
    ends: null,
  },
  {
    name: "the only group is empty",
    set: async ({ lattice, group }) => {
      const gone = ["10.2.0.1", "10.2.0.2"].map((id) => ({ id, port: 8080 }));
      await lattice.deregisterTargets({ targetGroupIdentifier: group, targets: gone });
    },
    ends: "targets",
  },
  {
    name: "half of the targets are unhealthy",
    set: async ({ emulator }) => emulator.control.setHealth({ ip: "10.2.0.1", status: "UNHEALTHY" }),
    ends: null,
  },
  {
    // Fail-open: whether an unhealthy program answers nobody outside can know.
    name: "all targets are unhealthy",
    set: async ({ emulator }) => emulator.control.setHealth({ status: "UNHEALTHY" }),
    ends: null,
    open: "targets",
  },
  {
    name: "health checks are off",
    set: async ({ emulator }) => emulator.control.setHealth({ status: "UNAVAILABLE" }),
    ends: null,
    open: "targets",
  },
];

const policies: readonly Constellation[] = [
  { name: "policy: AWS_IAM without a policy, unsigned", set: service(), ends: "service-policy" },
  { name: "policy: AWS_IAM without a policy, signed", set: service(), call: asRole, ends: "service-policy" },
  { name: "policy: everybody, unsigned", set: service(allow()), ends: null },
  { name: "policy: everybody, signed", set: service(allow()), call: asRole, ends: null },
  { name: "policy: the role", set: service(allow({ Principal: { AWS: role } })), call: asRole, ends: null },
  { name: "policy: the role, unsigned", set: service(allow({ Principal: { AWS: role } })), ends: "service-policy" },
  { name: "policy: another role", set: service(allow({ Principal: { AWS: role } })), call: { roleArn: stranger }, ends: "service-policy" },
  {
    name: "policy: the role's account",
    set: service(allow({ Principal: { AWS: `arn:aws:iam::${account}:root` } })),
    call: asRole,
    ends: null,
  },
  { name: "policy: another account", set: service(allow({ Principal: { AWS: otherAccount } })), call: asRole, ends: "service-policy" },
  {
    name: "policy: an explicit deny of the role",
    set: service(allow(), deny({ Principal: { AWS: role } })),
    call: asRole,
    ends: "service-policy",
  },
  {
    name: "policy: an explicit deny of another role",
    set: service(allow(), deny({ Principal: { AWS: stranger } })),
    call: asRole,
    ends: null,
  },
  {
    name: "policy: everybody but another account",
    set: service(allow({ Principal: undefined, NotPrincipal: { AWS: [otherAccount, stranger] } })),
    call: asRole,
    ends: null,
    open: "service-policy",
  },
  { name: "policy: the caller's VPC", set: service(when(equals(sourceVpc, vpcId))), ends: null },
  { name: "policy: another VPC", set: service(when(equals(sourceVpc, otherVpc))), ends: "service-policy" },
  { name: "policy: the VPC's account", set: service(when(equals("vpc-lattice-svcs:SourceVpcOwnerAccount", account))), ends: null },
  {
    name: "policy: the anonymous are kept out, unsigned",
    set: service(when({ StringNotEqualsIgnoreCase: { "aws:PrincipalType": "anonymous" } })),
    ends: "service-policy",
  },
  {
    name: "policy: the anonymous are denied, signed",
    set: service(allow(), deny({ Condition: equals("aws:PrincipalType", "Anonymous") })),
    call: asRole,
    ends: null,
  },
  {
    name: "policy: the anonymous are denied, unsigned",
    set: service(allow(), deny({ Condition: equals("aws:PrincipalType", "Anonymous") })),
    ends: "service-policy",
  },
  { name: "policy: the method", set: service(when(equals("vpc-lattice-svcs:RequestMethod", ["GET", "HEAD"]))), ends: null },
  {
    name: "policy: another method",
    set: service(when(equals("vpc-lattice-svcs:RequestMethod", ["GET", "HEAD"]))),
    call: { method: "POST" },
    ends: "service-policy",
  },
  {
    name: "policy: the path as a resource",
    set: service(allow({ Resource: "arn:aws:vpc-lattice:*:*:service/*/v1/*" })),
    call: { path: "/v1/orders" },
    ends: null,
  },
  {
    name: "policy: another path",
    set: service(allow({ Resource: "arn:aws:vpc-lattice:*:*:service/*/v1/*" })),
    call: { path: "/v2/orders" },
    ends: "service-policy",
  },
  {
    name: "policy: the path as a condition",
    set: service(when({ StringLike: { "vpc-lattice-svcs:RequestPath": "/v1/*" } })),
    call: { path: "/v1/orders" },
    ends: null,
  },
  {
    name: "policy: a header",
    set: service(when(equals("vpc-lattice-svcs:RequestHeader/x-plan", "gold"))),
    call: { headers: { "X-Plan": "gold" } },
    ends: null,
  },
  {
    name: "policy: a header of another value",
    set: service(when(equals("vpc-lattice-svcs:RequestHeader/x-plan", "gold"))),
    call: { headers: { "x-plan": "iron" } },
    ends: "service-policy",
  },
  { name: "policy: the port", set: service(when({ NumericEquals: { "vpc-lattice-svcs:Port": "80" } })), ends: null },
  { name: "policy: a tag of the service", set: service(when(equals("aws:ResourceTag/tier", "gold"))), ends: null },
  { name: "policy: another tag of the service", set: service(when(equals("aws:ResourceTag/tier", "iron"))), ends: "service-policy" },
  {
    name: "policy: a session tag",
    set: service(when(equals("aws:PrincipalTag/kubernetes-namespace", "cart"))),
    call: { ...asRole, tags: { "kubernetes-namespace": "cart" } },
    ends: null,
  },
  {
    name: "policy: another session tag",
    set: service(when(equals("aws:PrincipalTag/kubernetes-namespace", "cart"))),
    call: { ...asRole, tags: { "kubernetes-namespace": "shop" } },
    ends: "service-policy",
  },
  {
    name: "policy: the organisation",
    set: service(when(equals("aws:PrincipalOrgID", "o-1"))),
    call: { ...asRole, orgId: "o-1" },
    ends: null,
    open: "service-policy",
  },
  {
    name: "policy: another organisation",
    set: service(when(equals("aws:PrincipalOrgID", "o-1"))),
    call: { ...asRole, orgId: "o-2" },
    ends: "service-policy",
    open: "service-policy",
  },
  { name: "policy: the organisation, unsigned", set: service(when(equals("aws:PrincipalOrgID", "o-1"))), ends: "service-policy" },
  {
    name: "policy: the action of passed-through TLS only",
    set: service(allow({ Action: "vpc-lattice-svcs:Connect" })),
    ends: "service-policy",
  },
  { name: "policy: the network refuses everybody", set: network(), ends: "network-policy" },
  { name: "policy: the network lets its VPC in", set: network(when(equals(sourceVpc, vpcId))), ends: null },
  {
    name: "policy: the network denies the VPC",
    set: network(allow(), deny({ Condition: equals(sourceVpc, vpcId) })),
    ends: "network-policy",
  },
  {
    name: "policy: the network allows, the service does not",
    set: async (scene) => {
      await scene.guardNetwork(allow());
      await scene.guardService(allow({ Principal: { AWS: stranger } }));
    },
    call: asRole,
    ends: "service-policy",
  },
  {
    name: "policy: network and service allow",
    set: async (scene) => {
      await scene.guardNetwork(allow());
      await scene.guardService(allow({ Principal: { AWS: role } }));
    },
    call: asRole,
    ends: null,
  },
  {
    name: "policy: the caller's own policy refuses",
    set: service(allow()),
    call: { ...asRole, identityPolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) },
    ends: "identity-policy",
    open: "identity-policy",
  },
];

export const constellations: readonly Constellation[] = [...ways, ...rules, ...targets, ...policies];

async function foreignService({ emulator, lattice, network: id }: Scene): Promise<string> {
  const owner = emulator.lattice("AKIAPORTAL");
  const { id: foreign = "", arn = "" } = await owner.createService({ name: "ledger" });
  const group = idOf(await owner.createTargetGroup({ name: "ledger", type: "LAMBDA" }));
  await owner.registerTargets({
    targetGroupIdentifier: group,
    targets: [{ id: `arn:aws:lambda:ap-northeast-1:${otherAccount}:function:ledger` }],
  });
  const input = { serviceIdentifier: foreign, name: "http-80", protocol: "HTTP", port: 80, defaultAction: notFoundAction } as const;
  await owner.createListener({ ...input, defaultAction: forwardTo([group, 1]) });
  emulator.control.putShare({ arn, account });
  await lattice.createServiceNetworkServiceAssociation({ serviceIdentifier: arn, serviceNetworkIdentifier: id });
  return foreign;
}

function tlsCall(customNameResolves: boolean): Call {
  return { host: vault, scheme: "https", port: 443, customNameResolves };
}

async function passthrough({ lattice, network: id }: Scene): Promise<string> {
  const tls = idOf(await lattice.createService({ name: "vault", customDomainName: vault }));
  const config = { port: 8443, protocol: "TCP", vpcIdentifier: vpcId } as const;
  const group = idOf(await lattice.createTargetGroup({ name: "vault", type: "IP", config }));
  await lattice.registerTargets({ targetGroupIdentifier: group, targets: [{ id: "10.2.0.7", port: 8443 }] });
  const defaultAction = forwardTo([group, 1]);
  await lattice.createListener({ serviceIdentifier: tls, name: "tls-443", protocol: "TLS_PASSTHROUGH", port: 443, defaultAction });
  await lattice.createServiceNetworkServiceAssociation({ serviceIdentifier: tls, serviceNetworkIdentifier: id });
  return tls;
}
