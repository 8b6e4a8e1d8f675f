import { z } from "zod";
import { message } from "../../domain/message.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { Plan, PlanStep } from "../../domain/requests/plan.ts";
import { TENANCY_BOOTSTRAP } from "../../domain/tenancy/check-bootstrap.ts";
import type { RequestKind } from "../requests/request-kind.ts";
import { observeTenancy, type TenancyFacts } from "./tenancy-facts.ts";

export const TenancyBootstrapInput = z.strictObject({ managementCluster: z.string().min(1) });
export type TenancyBootstrapInput = z.infer<typeof TenancyBootstrapInput>;

const NAMESPACE = "trellis-system";

/**
 * What the bootstrap file implies on one management cluster: namespaces, quotas, role identities, the portal's binding, Gateways of the service networks. Only the system submits it; the policy
 * `bootstrap` has no slots, so it is approved at once and the audit names the policy. The plan holds only what differs.
 */
export const tenancyBootstrapKind: RequestKind<TenancyBootstrapInput, TenancyFacts> = {
  name: TENANCY_BOOTSTRAP,
  input: TenancyBootstrapInput,
  offered: false,
  teamOf: () => null,
  blueprintOf: () => null,
  observe: (ctx, { managementCluster }) => observeTenancy(ctx, managementCluster),
  render: (_input, _blueprint, facts) => renderTenancy(facts),
  notes: (_input, _blueprint, { managementCluster, applies, deletes, missingKinds }) => ({
    title: message("tenancy.bootstrap.title", { managementCluster }),
    summary: [
      message("tenancy.bootstrap.summary", { applies: applies.length, deletes: deletes.length }),
      ...(missingKinds.length === 0 ? [] : [message("tenancy.bootstrap.kindsMissing", { kinds: missingKinds.join(", ") })]),
    ],
    warnings: [],
    cost: null,
    quota: null,
    advice: null,
  }),
  slots: (_plan, policy) => policy.slots,
  reserves: () => [],
  fresh: async (ctx, _input, plan) => {
    for (const { id, clusterUid } of plan.destinations) {
      const now = await ctx.kube.managementCluster(id).clusterUid({ signal: ctx.signal });
      if (now !== clusterUid) throw new PortalError("PRECONDITION", "tenancy.managementClusterChanged", { managementCluster: id });
    }
  },
  describe: ({ managementCluster }) => message("tenancy.bootstrap.title", { managementCluster }),
  example: async () => null,
  visibilityOf: () => "team",
};

function renderTenancy({ managementCluster, clusterUid, applies, deletes }: TenancyFacts): Plan {
  const where = { destination: managementCluster, onFail: "stop" as const, proof: { type: "applied" as const } };
  const created = new Map(
    applies.flatMap(({ object, base }, index) =>
      object.kind === "Namespace" && base === "absent" ? [[object.metadata.name, index + 1]] : [],
    ),
  );
  const applySteps = applies.map(({ object, base }, index): PlanStep => {
    const after = created.get(object.metadata.namespace ?? "");
    return { n: index + 1, ...where, op: "apply", object, base, ...(after === undefined ? {} : { after }) };
  });
  const deleteSteps = deletes.map(
    ({ ref, base }, index): PlanStep => ({ n: applies.length + index + 1, ...where, op: "delete", ref, base }),
  );
  return {
    v: 1,
    kind: TENANCY_BOOTSTRAP,
    target: { managementCluster, namespace: NAMESPACE, name: "tenancy" },
    destinations: [{ id: managementCluster, clusterUid }],
    steps: [...applySteps, ...deleteSteps],
    blueprintVersion: null,
  };
}
