import { diffFromAny } from "../../domain/topology/diff-from-any.ts";
import { TopologyInput } from "../../domain/topology/topology-view.ts";
import type { TopologyIndex } from "../../read-models/topology/topology-index.ts";
import type { Context } from "../context.ts";
import { type TopicEvent, topic } from "../topic.ts";
import { followViews, topologyView, viewKey } from "./topology-views.ts";

/** A map is not drawn more often than this. */
const PUSH_MS = 1_000;
/** Ages grow without an event. */
const AGES_MS = 15_000;

/**
 * The map, live: a `TopologyPatch` under the key "" for what became another thing, about one a second at most. `resync` when the
 * configuration that decides what people see changed; a change of rights ends the stream and with it the topic.
 */
export const topologyTopic = topic({
  name: "topology",
  input: TopologyInput,
  permission: "topology.read",
  scope: async () => ({ type: "installation" }),
  open: (input, ctx, push) => channelFor(ctx, input).join(ctx, push),
});

type Channel = { readonly join: (ctx: Context, push: (event: TopicEvent) => void) => () => void };

const channels = new WeakMap<TopologyIndex, Map<string, Channel>>();

/** Readers of the same rights and filter share one channel: one comparison and one patch for all of them. */
function channelFor(ctx: Context, input: TopologyInput): Channel {
  const all = channels.get(ctx.topology) ?? new Map<string, Channel>();
  channels.set(ctx.topology, all);
  const key = viewKey(ctx.actor, input);
  const channel = all.get(key) ?? createChannel(ctx, { input, key, onEmpty: () => void all.delete(key) });
  all.set(key, channel);
  return channel;
}

type Of = { readonly input: TopologyInput; readonly key: string; readonly onEmpty: () => void };

function createChannel(ctx: Context, { input, key, onEmpty }: Of): Channel {
  const { topology } = ctx;
  const readers = new Set<(event: TopicEvent) => void>();
  const views = followViews(topology, key);
  let before = topologyView(ctx, input);
  let configuration = topology.configuration();
  let timer: NodeJS.Timeout | null = null;

  function send(event: TopicEvent): void {
    for (const push of [...readers]) push(event);
  }

  function look(): void {
    timer = null;
    try {
      const after = topologyView(ctx, input);
      // Readers hold the view of the last push, or one that a query handed out since then.
      const patch = diffFromAny(new Set([before, ...views.take()]), after);
      before = after;
      if (topology.configuration() !== configuration) {
        configuration = topology.configuration();
        send({ type: "resync" });
      } else if (patch !== null) send({ type: "set", key: "", view: patch });
    } catch (error) {
      ctx.log.error("topology.topic.lookFailed", { error });
      send({ type: "resync" });
    }
  }

  function soon(): void {
    if (timer !== null) return;
    timer = setTimeout(look, PUSH_MS);
    timer.unref();
  }

  const stop = topology.subscribe(soon);
  const ages = setInterval(soon, AGES_MS);
  ages.unref();

  return {
    join(reader, push) {
      const own = (event: TopicEvent) => {
        if (!reader.signal.aborted) push(event);
      };
      readers.add(own);
      return () => {
        readers.delete(own);
        if (readers.size > 0) return;
        stop();
        views.stop();
        clearInterval(ages);
        if (timer !== null) clearTimeout(timer);
        onEmpty();
      };
    },
  };
}
