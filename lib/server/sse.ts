import { z } from "zod";
import type { SessionId } from "../domain/ids.ts";
import { type ErrorCode, PortalError } from "../domain/portal-error.ts";
import type { Person, WallActor } from "../domain/tenancy/actor.ts";
import type { TopicEvent } from "../services/topic.ts";
import { portal } from "./composition.ts";
import { type EventStream, openEventStream } from "./event-stream.ts";
import { localizeShared } from "./localize.ts";
import { findMapReader, getMapReader } from "./map-reader.ts";
import { showError } from "./show-error.ts";
import type { EndReason } from "./streams.ts";
import { TopicQueue } from "./topic-queue.ts";
import type { Translate } from "./translate.ts";
import { findTopic } from "./verbs.ts";

const TICK_MS = 10_000;
const COALESCE_MS = 40;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const MAX_STREAMS_A_READER = 12;
/** A screen shows the map and nothing else; its permissions say the same. */
const WALL_TOPICS: readonly string[] = ["topology"];
const Topics = z.array(z.strictObject({ topic: z.string().max(100), input: z.unknown() })).max(32);

/** `/api/live`: one stream with several topics (docs/architecture.md, "Live"), for a person or for a screen. Ends with the session or link, with a change of rights, and with the process. */
export async function liveStream(request: Request, translate: Translate): Promise<Response> {
  const actor = await getMapReader(request.headers);
  const topics = readTopics(new URL(request.url).searchParams.get("topics"));
  const { streams } = portal();
  if (streams.closed) throw new PortalError("UNAVAILABLE", "live.closing");
  if (streams.countOf(readerIdOf(actor)) >= MAX_STREAMS_A_READER)
    throw new PortalError("UNAVAILABLE", "live.tooManyStreams", { limit: MAX_STREAMS_A_READER });
  const live = new LiveStream(actor, translate, request);
  // The answer must start before the first topic is open: subscribing may wait for the database.
  void live.open(topics);
  return live.response;
}

function readTopics(text: string | null): z.output<typeof Topics> {
  try {
    return Topics.parse(JSON.parse(text ?? "[]"));
  } catch (error) {
    throw new PortalError("INVALID", "live.topics", {}, { cause: error });
  }
}

type Reader = Person | WallActor;
type Subscription = { readonly name: string; readonly queue: TopicQueue; version: number };

class LiveStream {
  readonly #stream: EventStream;
  readonly #actor: Reader;
  readonly #translate: Translate;
  readonly #headers: Headers;
  readonly #ended = new AbortController();
  readonly #subscriptions = new Map<number, Subscription>();
  #flushTimer: NodeJS.Timeout | null = null;

  constructor(actor: Reader, translate: Translate, request: Request) {
    this.#actor = actor;
    this.#translate = translate;
    this.#headers = request.headers;
    this.#stream = openEventStream(request.signal);
    const { streams } = portal();
    const forget = streams.add({
      readerId: readerIdOf(actor),
      sessionId: sessionOf(actor),
      end: (reason) => this.#end(reason),
    });
    this.#stream.onClose(() => {
      forget();
      this.#ended.abort();
      if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    });
    this.#stream.onDrain(() => this.#resyncAll());
  }

  get response(): Response {
    return this.#stream.response;
  }

  async open(topics: z.output<typeof Topics>): Promise<void> {
    this.#startTimers();
    const refused: { index: number; code: ErrorCode }[] = [];
    for (const [index, { topic, input }] of topics.entries()) {
      const code = await this.#subscribe(index, topic, input);
      if (code !== null) refused.push({ index, code });
    }
    this.#stream.send("open", { session: sessionOf(this.#actor), topics: [...this.#subscriptions.keys()], refused });
    this.#flush();
  }

  /** Null when the topic is open, else why not. One of the three places that catch. */
  async #subscribe(index: number, name: string, input: unknown): Promise<ErrorCode | null> {
    const subscription: Subscription = { name, queue: new TopicQueue(), version: 0 };
    try {
      const topic = findTopic(name);
      if (topic === undefined || (this.#actor.type === "wall" && !WALL_TOPICS.includes(name))) return "NOT_FOUND";
      this.#subscriptions.set(index, subscription);
      const ctx = portal().contextFor(this.#actor, this.#ended.signal);
      const close = await topic.subscribe(input, ctx, (event) => this.#push(subscription, event));
      this.#stream.onClose(close);
      return null;
    } catch (error) {
      this.#subscriptions.delete(index);
      const { log, randomId } = portal();
      return showError(error, { translate: this.#translate, log, ref: randomId(), where: `topic ${name}` }).code;
    }
  }

  #push(subscription: Subscription, event: TopicEvent): void {
    subscription.queue.push(event);
    this.#flushTimer ??= setTimeout(() => this.#flush(), COALESCE_MS);
  }

  #flush(): void {
    this.#flushTimer = null;
    for (const [index, subscription] of this.#subscriptions) {
      for (const event of subscription.queue.take()) {
        subscription.version += 1;
        const sent = this.#stream.send("topic", {
          index,
          topic: subscription.name,
          version: subscription.version,
          event: event.type === "set" ? { ...event, view: localizeShared(event.view, this.#translate) } : event,
        });
        if (!sent) portal().metrics.count("trellis_stream_resyncs_total", { topic: subscription.name });
      }
    }
  }

  /** The reader was too slow and lost patches: it reads everything again. */
  #resyncAll(): void {
    for (const { queue } of this.#subscriptions.values()) queue.resync();
    this.#flushTimer ??= setTimeout(() => this.#flush(), COALESCE_MS);
  }

  #startTimers(): void {
    const tick = setInterval(() => void this.#tick(), TICK_MS);
    this.#stream.onClose(() => clearInterval(tick));
    const endsAt = endOf(this.#actor);
    const left = endsAt === null ? LONGEST_TIMER_MS : endsAt.getTime() - portal().clock.now().getTime();
    // A longer wait would fire at once; the ticks look again anyway.
    if (left >= LONGEST_TIMER_MS) return;
    const over = setTimeout(() => this.#end("session"), Math.max(0, left));
    this.#stream.onClose(() => clearTimeout(over));
  }

  async #tick(): Promise<void> {
    this.#stream.send("tick", { at: portal().clock.now().toISOString() });
    const reason = await this.#whyOver();
    if (reason !== null) this.#end(reason);
  }

  /** Rights are pushed by the audit tail; this is the net below it. A database that does not answer ends nothing. */
  async #whyOver(): Promise<EndReason | null> {
    try {
      const now = await findMapReader(this.#headers);
      if (now === null) return "session";
      return rightsOf(now) === rightsOf(this.#actor) ? null : "rights";
    } catch (error) {
      portal().log.warn("live.recheckFailed", { error });
      return null;
    }
  }

  #end(reason: EndReason): void {
    this.#stream.send("end", { reason });
    this.#stream.close();
  }
}

function readerIdOf(actor: Reader): string {
  return actor.type === "wall" ? actor.linkId : actor.userId;
}

function sessionOf(actor: Reader): SessionId | null {
  return actor.type === "person" && actor.via.door === "session" ? actor.via.sessionId : null;
}

function endOf(actor: Reader): Date | null {
  if (actor.type === "wall") return actor.endsAt;
  return actor.via.door === "session" ? actor.via.endsAt : null;
}

function rightsOf(actor: Reader): string {
  if (actor.type === "wall") return actor.linkId;
  const { globalRoles, memberships, via } = actor;
  return JSON.stringify([
    [...globalRoles].sort(),
    memberships.map(({ teamId, role }) => `${teamId}:${role}`).sort(),
    via.door === "token" ? via.scopes : null,
  ]);
}
