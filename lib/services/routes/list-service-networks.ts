import { z } from "zod";
import type { ConditionView, Glyph } from "../../domain/clusters/cluster-view.ts";
import { message } from "../../domain/message.ts";
import type { ObservedListener } from "../../domain/routes/observed-route.ts";
import { ServiceNetworkView } from "../../domain/routes/route-view.ts";
import { networkStatus, type ObservedNetwork } from "../../domain/routes/service-network-status.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { holds } from "../../domain/tenancy/permissions.ts";
import { readGateway } from "../../manifests/routes/read-gateway.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";
import { networkConsumers } from "./network-consumers.ts";
import { networkQuotas } from "./network-quotas.ts";
import { type NetworkInUse, readNetworking } from "./read-networking.ts";

/** Service networks: all of them with every detail for platform admins; for others those that their teams may publish to or call through, with less. */
export const listServiceNetworks = query({
  name: "network.list",
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(ServiceNetworkView), nextCursor: z.null() }),
  permission: "network.list",
  scope: async () => ({ type: "installation" }),
  run: async (_input, ctx) => {
    const { networks } = await readNetworking(ctx.db.read);
    const isAdmin = holds(ctx.actor, "network.read", { type: "installation" });
    const seen = networks.filter(({ network }) => isAdmin || isUser(ctx.actor, [...network.publishers, ...network.callers]));
    const views = seen.map((network) => networkView(ctx, network));
    return { items: isAdmin ? views : views.map(limitView), nextCursor: null };
  },
});

function isUser(actor: Actor, teams: readonly string[]): boolean {
  return actor.type === "person" && actor.memberships.some(({ teamId }) => teams.includes(teamId));
}

function networkView(ctx: Context, { network, lattice, account }: NetworkInUse): ServiceNetworkView {
  const observed = observe(ctx, { network, lattice, account });
  const { glyph, sentence, evidenceAt, findings } = networkStatus(observed, ctx.clock.now());
  const { gateway } = observed;
  const programmed = gateway?.conditions.find(({ type }) => type === "Programmed");
  return {
    name: network.name,
    managementCluster: lattice.managementCluster,
    account: account.id,
    awsAccountId: account.awsAccountId,
    region: account.region,
    description: network.description ?? null,
    glyph,
    sentence,
    evidenceAt: evidenceAt?.toISOString() ?? null,
    networkId: observed.lattice?.found?.id ?? null,
    gateway:
      gateway === null
        ? null
        : { ref: gateway.ref, programmed: programmed?.status === "True", conditions: gateway.conditions.map(conditionView) },
    listeners: listenersOf(network, gateway?.listeners ?? null),
    vpcAssociations: [...networkConsumers(ctx, { network, lattice, account }, observed.vpcs?.value ?? null)],
    publishers: [...network.publishers],
    callers: [...network.callers],
    services: observed.lattice?.found?.services ?? null,
    quotas: [...networkQuotas(ctx, { network, lattice, account })],
    owners: ownersOf(network.name, network.gatewayNamespace),
    findings: [...findings],
  };
}

function observe(ctx: Context, { network, lattice, account }: NetworkInUse): ObservedNetwork {
  const isThere = ctx.kube.ids().includes(lattice.managementCluster);
  const seen = isThere
    ? ctx.kube.managementCluster(lattice.managementCluster).watch("Gateway").get(`${network.gatewayNamespace}/${network.name}`)
    : undefined;
  const networks = ctx.facts.networks(account.id);
  return {
    config: network,
    gateway: seen === undefined ? null : readGateway(seen),
    lattice: networks === null ? null : { found: networks.value.find(({ name }) => name === network.name) ?? null, at: networks.at },
    vpcs: ctx.facts.vpcAssociations(account.id, network.name),
    health: ctx.facts.health(account.id),
  };
}

const ok = (status: string | undefined): Glyph => (status === "True" ? "ok" : status === "False" ? "failed" : "unknown");

function conditionView({ type, status, reason, message: text }: ObservedListener["conditions"][number]): z.infer<typeof ConditionView> {
  // The controller writes its times anew on every reconcile (lattice.md §10.1.3).
  return { type, status, glyph: ok(status), reason, message: text, at: null };
}

function listenersOf(network: NetworkInUse["network"], seen: readonly ObservedListener[] | null): ServiceNetworkView["listeners"] {
  const wanted = network.listeners.map(({ name, protocol, port }) => {
    const found = seen?.find((listener) => listener.name === name);
    const programmed =
      found?.conditions.find(({ type }) => type === "Programmed") ?? found?.conditions.find(({ type }) => type === "Accepted");
    return {
      name,
      protocol,
      port,
      attachedRoutes: found?.attachedRoutes ?? null,
      glyph: found === undefined ? ("failed" as const) : ok(programmed?.status),
    };
  });
  const others = (seen ?? []).filter(({ name }) => !network.listeners.some((listener) => listener.name === name));
  return [
    ...wanted,
    ...others.map(({ name, protocol, port, attachedRoutes }) => ({ name, protocol, port, attachedRoutes, glyph: "attention" as const })),
  ];
}

/** The operator's half of Gateway API and the developers' half, by name. */
function ownersOf(network: string, namespace: string): ServiceNetworkView["owners"] {
  const row = (object: string, owner: "platform" | "team", key: string) => ({ object, owner, note: message(`routeViews.owners.${key}`) });
  return [
    row("GatewayClass amazon-vpc-lattice", "platform", "gatewayClass"),
    row(`Gateway ${namespace}/${network}`, "platform", "gateway"),
    row("VpcAssociationPolicy", "platform", "vpcAssociation"),
    row("ReferenceGrant, ServiceImport", "platform", "imports"),
    row("HTTPRoute, GRPCRoute, TLSRoute", "team", "routes"),
    row("IAMAuthPolicy, AccessLogPolicy", "team", "policies"),
    row("ServiceExport, TargetGroupPolicy", "team", "exports"),
  ];
}

/** What somebody who publishes or calls needs: name, place, listeners, health. */
function limitView(view: ServiceNetworkView): ServiceNetworkView {
  return {
    ...view,
    networkId: null,
    gateway: view.gateway === null ? null : { ...view.gateway, conditions: [] },
    vpcAssociations: [],
    services: null,
    quotas: [],
    findings: [],
  };
}
