/**
 * The named ways in which the sandbox can go wrong, what each is aimed at and what it does. They change players and the emulated AWS, or
 * objects in the clusters; never the portal. A network is named by its Gateway: `lattice/net-prod`.
 */
export const faultNames = {
  "identity-refused": cluster("AWS refuses the role: CAPA does nothing at all, and says why only in its own log"),
  "node-group-create-failed": cluster(
    "AWS cannot start the nodes (vCPU limit): every new node group ends CREATE_FAILED, the cause stands only in AWS",
  ),
  "targets-unhealthy": route("every target fails its health check, as with a closed security group; Lattice sends to all of them"),
  "one-target-unhealthy": route("one target of the first group fails its health check"),
  "targets-never-healthy": route("the first health checks never come to an end: every target stays INITIAL"),
  "health-checks-off": route("somebody has switched the health checks off: every target is UNAVAILABLE"),
  throttled: network("every Lattice call of the portal and of the controllers is answered 429"),
  "lattice-unreachable": network("nobody gets an answer from Lattice"),
  "lattice-slow": network("Lattice answers every call of the portal six seconds late"),
  "reading-denied": network("the portal's role may not read Lattice any more (403)"),
  "role-refused": network("the portal may not take its read role"),
  "networks-denied": network("the controllers may not list service networks (403): a Gateway waits without a word"),
  "network-not-found": network("the service network is gone, as when its RAM share is taken back"),
  "vpc-association-missing": cluster("the cluster's VPC is no longer associated with the service network"),
  "vpc-association-failed": cluster("the association of the cluster's VPC ended CREATE_FAILED"),
  "association-missing": route("somebody has taken the service out of its network, and the controller may not put it back"),
  "association-failed": route("the service's association with the network ended CREATE_FAILED; the controller ignores it"),
  "service-failed": route("the Lattice service ended CREATE_FAILED; the controller ignores it"),
  "quota-of-rules": route("the quota of rules a listener is 1: further rules are refused with 402"),
  "quota-of-groups": network("the quota of target groups in the Region is reached: an export gets none"),
  "group-in-use": route("Lattice says that the target group belongs to another service: no rule can be made, calls answer 404"),
  "policy-not-taken": route("Lattice does not take the auth policy, while its object says Accepted"),
  "name-conflict": route("a service of the route's name exists that another controller owns"),
  "certificate-not-found": network("ACM holds no certificate: a route with a domain of its own finds none"),
  "rules-drifted": route("somebody changes the route's rules in the console again and again; all conditions stay True"),
  "service-recreated": route("somebody deletes the service once; the controller makes it again under another domain"),
  "export-late": cluster("the cluster's gateway controller does not run: an export gets no target group"),
  "export-deleted": route("somebody deletes the export while the route uses it: the targets go at once, the object hangs"),
  "stale-addresses": cluster("the cluster's gateway controller stops, then pods move: Lattice keeps addresses nobody has"),
  "controller-stopped": network("the gateway controller of the management cluster does not run: nothing new is deployed"),
  "resync-off": network("the gateway controller of the management cluster runs without resync: drift is never repaired"),
  "finalizer-hung": route("Lattice refuses to delete the service: the route hangs in deletion"),
  "events-dried-up": network("the controller of the management cluster has used up its Events: it works on in silence"),
} as const satisfies Record<string, FaultKind>;
export type FaultName = keyof typeof faultNames;
export type FaultTarget = "cluster" | "route" | "network";
export type FaultKind = { target: FaultTarget; means: string };

export function isFaultName(text: string): text is FaultName {
  return Object.hasOwn(faultNames, text);
}

function cluster(means: string): FaultKind & { target: "cluster" } {
  return { target: "cluster", means };
}
function route(means: string): FaultKind & { target: "route" } {
  return { target: "route", means };
}
function network(means: string): FaultKind & { target: "network" } {
  return { target: "network", means };
}
