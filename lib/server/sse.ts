import { z } from "zod";
import { type ErrorCode, PortalError } from "../domain/portal-error.ts";
import type { Person } from "../domain/tenancy/actor.ts";
import type { TopicEvent } from "../services/topic.ts";
import { findActor, getActor } from "./actor.ts";
import { portal } from "./composition.ts";
import { type EventStream, openEventStream } from "./event-stream.ts";
import { localizeShared } from "./localize.ts";
import { showError } from "./show-error.ts";
import type { EndReason } from "./streams.ts";
import { TopicQueue } from "./topic-queue.ts";
import type { Translate } from "./translate.ts";
import { findTopic } from "./verbs.ts";

const TICK_MS = 10_000;
const COALESCE_MS = 40;
const MAX_STREAMS_A_PERSON = 12;
const Topics = z.array(z.strictObject({ topic: z.string().max(100), input: z.unknown() })).max(32);

/** `/api/live`: one stream with several topics (docs/architecture.md, "Live"). Ends with the session, with a change of rights, and with the process. */
export async function liveStream(request: Request, translate: Translate): Promise<Response> {
  const actor = await getActor(request.headers);
  const topics = readTopics(new URL(request.url).searchParams.get("topics"));
  const { streams } = portal();
  if (streams.closed) throw new PortalError("UNAVAILABLE", "live.closing");
  if (streams.countOf(actor.userId) >= MAX_STREAMS_A_PERSON)
    throw new PortalError("UNAVAILABLE", "live.tooManyStreams", { limit: MAX_STREAMS_A_PERSON });
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

type Subscription = { readonly name: string; readonly queue: TopicQueue; version: number };

class LiveStream {
  readonly #stream: EventStream;
  readonly #actor: Person;
  readonly #translate: Translate;
  readonly #headers: Headers;
  readonly #ended = new AbortController();
  readonly #subscriptions = new Map<number, Subscription>();
  #flushTimer: NodeJS.Timeout | null = null;

  constructor(actor: Person, translate: Translate, request: Request) {
    this.#actor = actor;
    this.#translate = translate;
    this.#headers = request.headers;
    this.#stream = openEventStream(request.signal);
    const { streams } = portal();
    const forget = streams.add({
      userId: actor.userId,
      sessionId: actor.via.door === "session" ? actor.via.sessionId : null,
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
    const session = this.#actor.via.door === "session" ? this.#actor.via.sessionId : null;
    this.#stream.send("open", { session, topics: [...this.#subscriptions.keys()], refused });
    this.#flush();
  }

  /** Null when the topic is open, else why not. One of the three places that catch. */
  async #subscribe(index: number, name: string, input: unknown): Promise<ErrorCode | null> {
    const subscription: Subscription = { name, queue: new TopicQueue(), version: 0 };
    try {
      const topic = findTopic(name);
      if (topic === undefined) return "NOT_FOUND";
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
    if (this.#actor.via.door !== "session") return;
    const left = this.#actor.via.endsAt.getTime() - portal().clock.now().getTime();
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
      const now = await findActor(this.#headers);
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

function rightsOf({ globalRoles, memberships, via }: Person): string {
  return JSON.stringify([
    [...globalRoles].sort(),
    memberships.map(({ teamId, role }) => `${teamId}:${role}`).sort(),
    via.door === "token" ? via.scopes : null,
  ]);
}
