import { type KubeObject, keyOf } from "../../kube/kube-object.ts";
import type { ControllerWorld } from "./controller-world.ts";
import { reconcileGateway, reconcileGatewayClass } from "./gateways/reconcile-gateway.ts";
import { reconcileServiceNetwork } from "./gateways/reconcile-service-network.ts";
import type { NetworkKind } from "./network-resources.ts";
import { reconcileAccessLogPolicy } from "./policies/reconcile-access-log-policy.ts";
import { reconcileIamAuthPolicy } from "./policies/reconcile-iam-auth-policy.ts";
import { reconcileTargetGroupPolicy } from "./policies/reconcile-target-group-policy.ts";
import { reconcileVpcAssociationPolicy } from "./policies/reconcile-vpc-association-policy.ts";
import { findCause, messageOf, RequeueAfter } from "./reconcile-errors.ts";
import { reconcileRoute } from "./routes/reconcile-route.ts";
import { reconcileServiceImport } from "./routes/reconcile-service-import.ts";
import { reconcileServiceExport } from "./target-groups/reconcile-service-export.ts";
import { fingerprintOf, objectsToWake } from "./watch-rules.ts";
import { type Outcome, type WorkQueue, workQueue } from "./work-queue.ts";

type Ref = { namespace: string; name: string };
type Reconcile = (world: ControllerWorld, ref: Ref) => Promise<void>;
const reconcilers = {
  gatewayClass: reconcileGatewayClass,
  gateway: reconcileGateway,
  httpRoute: (world, ref) => reconcileRoute(world, "httpRoute", ref),
  grpcRoute: (world, ref) => reconcileRoute(world, "grpcRoute", ref),
  tlsRoute: (world, ref) => reconcileRoute(world, "tlsRoute", ref),
  serviceExport: reconcileServiceExport,
  serviceImport: reconcileServiceImport,
  targetGroupPolicy: reconcileTargetGroupPolicy,
  vpcAssociationPolicy: reconcileVpcAssociationPolicy,
  iamAuthPolicy: reconcileIamAuthPolicy,
  accessLogPolicy: reconcileAccessLogPolicy,
  serviceNetwork: reconcileServiceNetwork,
} as const satisfies Partial<Record<NetworkKind, Reconcile>>;
/** Kinds that are looked at again and again while drift detection is on. */
const withoutResync: readonly NetworkKind[] = ["serviceImport", "targetGroupPolicy"];
const resyncJitter = 0.2;
/** So that the policy of a new route is tried when the service is there: the real one was milliseconds behind CreateService (lattice.md §10.1.6). */
const policyHearsAfterMs = 25;

export type QueueOptions = { name: string; speed: number; resyncSeconds: number; signal: AbortSignal; say: (line: string) => void };

/** One queue with one worker for each kind, and what a change of an object puts into them. */
export function controllerQueues({ name, speed, resyncSeconds, signal, say }: QueueOptions) {
  let world: ControllerWorld | null = null;
  const fingerprints = new Map<string, string>();
  const complaints = new Map<string, string>();

  /** Every try fails with words of its own, because of the request's id; the log has them once. */
  function complain(about: string, message: string): void {
    const words = message.replaceAll(/RequestID: [^,]*/g, "RequestID");
    if (complaints.get(about) === words) return;
    complaints.set(about, words);
    say(`gateway controller ${name}, ${about}: ${message}`);
  }

  async function work(kind: NetworkKind, reconcile: Reconcile, key: string): Promise<Outcome> {
    const [namespace = "", object = ""] = key.split("/");
    try {
      if (world) await reconcile(world, { namespace, name: object });
      complaints.delete(`${kind} ${key}`);
      const again = resyncSeconds > 0 && !withoutResync.includes(kind);
      return { kind: "done", againMs: again ? resyncSeconds * 1_000 * (1 + resyncJitter * Math.random()) : null };
    } catch (error) {
      if (signal.aborted) return { kind: "done", againMs: null };
      const requeue = findCause(error, RequeueAfter);
      if (requeue) return { kind: "later", afterMs: requeue.seconds * 1_000 };
      complain(`${kind} ${key}`, messageOf(error));
      return { kind: "failed" };
    }
  }
  const queues = new Map<NetworkKind, WorkQueue>(
    Object.entries(reconcilers).map(([name, reconcile]) => {
      const kind = kindNamed(name);
      return [kind, workQueue({ speed, signal, work: (key) => work(kind, reconcile, key) })];
    }),
  );
  const wake = (kind: NetworkKind, ref: { namespace?: string | undefined; name: string }) => queues.get(kind)?.add(keyOf(ref));

  /** What the watches say. An object's own queue hears only of changes that matter to it; related ones hear of all. */
  function changed(kind: NetworkKind, object: KubeObject, gone: boolean): void {
    const key = `${kind}/${keyOf(object.metadata)}`;
    const fingerprint = gone ? "" : fingerprintOf(kind, object);
    const differs = fingerprints.get(key) !== fingerprint;
    if (gone) fingerprints.delete(key);
    else fingerprints.set(key, fingerprint);
    if (differs) wake(kind, object.metadata);
    if (!world) return;
    for (const one of objectsToWake(world, kind, object, { specChanged: differs }))
      if (one.kind === "iamAuthPolicy") queues.get(one.kind)?.addAfter(keyOf(one.ref), policyHearsAfterMs * speed);
      else wake(one.kind, one.ref);
  }
  return {
    changed,
    run: async (of: ControllerWorld): Promise<void> => {
      world = of;
      await Promise.all([...queues.values()].map((queue) => queue.run()));
    },
  };
}
export type ControllerQueues = ReturnType<typeof controllerQueues>;

/** Only keys of `reconcilers`, which are kinds, are ever passed here. */
function kindNamed(name: string): NetworkKind {
  return name as NetworkKind;
}
