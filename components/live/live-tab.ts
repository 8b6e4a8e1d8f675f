import type { EndReason, LiveEvent, LiveStatus, LiveTopic, TabMessage } from "./live-protocol.ts";
import { backoffMs, createStreamKeeper, type Source, type StreamKeeper } from "./stream-keeper.ts";
import { createTopicUnion } from "./topic-union.ts";

const WISH_EVERY_MS = 25_000;
const SILENT_MS = 30_000;
const CHECK_MS = 5000;
const SETTLE_MS = 30;

export type LiveListener = {
  readonly onEvent: (id: string, event: LiveEvent) => void;
  readonly onFresh: (ids: readonly string[]) => void;
  readonly onTick: () => void;
  readonly onStatus: (status: LiveStatus) => void;
  readonly onEnd: (reason: EndReason) => void;
};

export type LiveTab = { readonly setTopics: (topics: readonly LiveTopic[]) => void; readonly stop: () => void };

type Options = LiveListener & {
  /** Names lock and channel. Holds the session: a stream keeps the identity it was opened with. */
  readonly name: string;
  readonly openSource: (topics: readonly LiveTopic[]) => Source;
};

/**
 * One stream for all tabs of a browser: the tab that holds the Web Lock leads and passes everything on by BroadcastChannel.
 * A leader that is silent for three ticks (frozen, crashed without letting go) is robbed of the lock.
 */
export function startLiveTab({ name, openSource, ...listener }: Options): LiveTab {
  const tab = crypto.randomUUID();
  const channel = new BroadcastChannel(name);
  const union = createTopicUnion();
  const stopping = new AbortController();
  let topics: readonly LiveTopic[] = [];
  let keeper: StreamKeeper | null = null;
  let release: (() => void) | null = null;
  let heardAt = Date.now();
  let settle: ReturnType<typeof setTimeout> | undefined;

  const post = (message: TabMessage) => {
    if (!stopping.signal.aborted) channel.postMessage(message);
  };
  const tell = (message: TabMessage) => {
    hear(message);
    post(message);
  };
  const sendWish = () => (keeper === null ? post({ type: "want", tab, topics }) : takeWish(tab, topics));

  const takeWish = (from: string, wish: readonly LiveTopic[]) => {
    union.want(from, wish, Date.now());
    clearTimeout(settle);
    settle = setTimeout(() => keeper?.setTopics(union.topics(Date.now())), SETTLE_MS);
    const live = keeper?.liveIds() ?? [];
    const already = wish.map(({ topic, input }) => JSON.stringify([topic, input])).filter((id) => live.includes(id));
    if (already.length > 0 && from !== tab) post({ type: "fresh", ids: already, tab: from });
  };

  const lead = () => {
    keeper = createStreamKeeper({
      open: openSource,
      onEvent: (id, event) => tell({ type: "event", id, event }),
      onFresh: (ids) => tell({ type: "fresh", ids, tab: null }),
      onTick: () => tell({ type: "tick" }),
      onStatus: (status) => tell({ type: "status", status }),
      onEnd: (reason) => tell({ type: "end", reason }),
      delayMs: (attempt) => backoffMs(attempt, Math.random()),
    });
    takeWish(tab, topics);
    post({ type: "lead" });
  };
  const stopLeading = () => {
    keeper?.stop();
    keeper = null;
  };

  const hear = (message: TabMessage) => {
    heardAt = Date.now();
    if (message.type === "event") listener.onEvent(message.id, message.event);
    else if (message.type === "fresh" && (message.tab === null || message.tab === tab)) listener.onFresh(message.ids);
    else if (message.type === "tick") listener.onTick();
    else if (message.type === "status") listener.onStatus(message.status);
    else if (message.type === "end") listener.onEnd(message.reason);
    else if (message.type === "lead") sendWish();
    else if (message.type === "want" && keeper !== null) takeWish(message.tab, message.topics);
    else if (message.type === "leave") union.leave(message.tab);
  };
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => hear(data);

  const request = (steal: boolean) => {
    const options: LockOptions = steal ? { steal: true } : { signal: stopping.signal };
    navigator.locks
      .request(name, options, () => {
        // In development React mounts twice: the lock may be granted after the first copy has been cleaned up.
        if (stopping.signal.aborted) return undefined;
        lead();
        return new Promise<void>((done) => {
          release = done;
        });
      })
      .catch(() => {
        // Aborted by `stop`, or robbed: a follower from now on.
        stopLeading();
        if (!stopping.signal.aborted) request(false);
      });
  };
  request(false);

  const wishes = setInterval(sendWish, WISH_EVERY_MS);
  const check = setInterval(() => {
    if (keeper !== null || document.visibilityState !== "visible" || Date.now() - heardAt < SILENT_MS) return;
    heardAt = Date.now();
    request(true);
  }, CHECK_MS);
  const onVisible = () => {
    heardAt = Date.now();
  };
  document.addEventListener("visibilitychange", onVisible);

  const stop = () => {
    if (stopping.signal.aborted) return;
    post({ type: "leave", tab });
    stopping.abort();
    stopLeading();
    release?.();
    channel.close();
    clearTimeout(settle);
    clearInterval(wishes);
    clearInterval(check);
    document.removeEventListener("visibilitychange", onVisible);
  };
  return {
    setTopics: (next) => {
      topics = next;
      sendWish();
    },
    stop,
  };
}
