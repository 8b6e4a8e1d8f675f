import type { Context } from "../context.ts";
import { pushInOrder } from "../requests/push-in-order.ts";
import { requestsInAudit } from "../requests/requests-in-audit.ts";
import { type TopicEvent, topic } from "../topic.ts";
import { ClusterName, findCluster, visibleClusterScope } from "./find-cluster.ts";
import { toClusterView } from "./to-cluster-view.ts";
import { canSeeCluster } from "./visible-clusters.ts";

/** The light on an open page keeps its age: without a change the view is sent again this often. */
const REFRESH_MS = 15_000;

/** One cluster's page, live: the whole view at every change, keyed `namespace/name`; `remove` when there is nothing of it any more. */
export const clusterTopic = topic({
  name: "cluster",
  input: ClusterName,
  permission: "cluster.readLimited",
  scope: visibleClusterScope,
  open: (input, ctx, push) => {
    const next = pushInOrder(ctx, push);
    let isPending = false;
    const changed = () => {
      if (isPending) return;
      isPending = true;
      next(async () => {
        isPending = false;
        return viewEvent(ctx, input);
      });
    };
    const stopIndex = ctx.clusters.subscribe((event) => {
      if (event.type === "resync" || event.key.endsWith(`/${input.namespace}/${input.name}`)) changed();
    });
    const stopAudit = ctx.db.onAudit((rows) => {
      for (const id of requestsInAudit(rows)) {
        next(async () => {
          const request = await ctx.db.read.requests.find(id);
          return request?.target.namespace === input.namespace && request.target.name === input.name ? viewEvent(ctx, input) : null;
        });
      }
    });
    const timer = setInterval(changed, REFRESH_MS);
    timer.unref();
    return () => {
      clearInterval(timer);
      stopIndex();
      stopAudit();
    };
  },
});

async function viewEvent(ctx: Context, input: ClusterName): Promise<TopicEvent> {
  const key = `${input.namespace}/${input.name}`;
  const found = await findCluster(input, { tx: ctx.db.read, clusters: ctx.clusters });
  const seen =
    found.observed ??
    (found.create === undefined ? undefined : { namespace: input.namespace, managed: true, visibility: found.create.visibility });
  const view = seen === undefined || !canSeeCluster(ctx.actor, seen) ? null : await toClusterView(ctx, found);
  return view === null ? { type: "remove", key } : { type: "set", key, view };
}
