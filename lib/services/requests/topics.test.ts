import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DatabasePort } from "../../adapters/database/port.ts";
import type { RequestId } from "../../domain/ids.ts";
import { RequestRowView, RequestView } from "../../domain/requests/request-view.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import type { Topic, TopicEvent } from "../topic.ts";
import { inboxTopic } from "./inbox-topic.ts";
import { requestListTopic } from "./request-list-topic.ts";
import { requestTopic } from "./request-topic.ts";
import { createWorld, payments, shop, type World } from "./testing/world.ts";

let world: World;
let dev: Person;
let admin: Person;
let stranger: Person;
let counting: DatabasePort | undefined;

beforeEach(async () => {
  world = await createWorld();
  counting = undefined;
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  admin = await world.person("admin", { globalRoles: ["platform-admin"] });
  stranger = await world.person("stranger", { teams: [[shop, "lead"]] });
});
afterEach(() => world.close());

async function listen(topic: Topic, input: object, actor: Person) {
  const events: TopicEvent[] = [];
  const stop = await topic.subscribe(input, { ...world.as(actor), db: counting ?? world.db }, (event) => events.push(event));
  return { events, stop };
}
const sets = (events: readonly TopicEvent[]) => events.flatMap((event) => (event.type === "set" ? [event] : []));

describe("requestTopic", () => {
  it("pushes the whole view, as its reader may see it, for everything that happens to the request", async () => {
    const request = await world.submit(dev, { name: "live" });
    const mine = await listen(requestTopic, { id: request.id }, dev);
    const other = await world.submit(dev, { name: "other" });
    await world.approve(admin, request);
    await world.deliver();
    await vi.waitFor(() => expect(RequestView.parse(sets(mine.events).at(-1)?.view).state).toBe("delivered"), { timeout: 5_000 });
    const states = sets(mine.events).map(({ view }) => RequestView.parse(view).state);
    expect(states).toContain("approved");
    expect(new Set(sets(mine.events).map(({ key }) => key))).toEqual(new Set([request.id]));
    expect(other.id).not.toBe(request.id);
    mine.stop();
  });

  it("is not there for strangers, and silent after unsubscribing", async () => {
    const request = await world.submit(dev, { name: "live" });
    await expect(listen(requestTopic, { id: request.id }, stranger)).rejects.toMatchObject({ code: "NOT_FOUND", key: "notFound" });
    const mine = await listen(requestTopic, { id: request.id }, dev);
    const witness = await listen(requestTopic, { id: request.id }, admin);
    mine.stop();
    await world.approve(admin, request);
    await vi.waitFor(() => expect(witness.events).not.toEqual([]), { timeout: 5_000 });
    expect(mine.events).toEqual([]);
    witness.stop();
  });
});

describe("requestListTopic", () => {
  it("pushes changed rows to those who may see them and to nobody else, and reads each once", async () => {
    const found: string[] = [];
    const requests = new Proxy(world.db.read.requests, {
      get: (target, name, receiver): unknown =>
        name !== "find"
          ? Reflect.get(target, name, receiver)
          : async (id: RequestId) => {
              found.push(id);
              return target.find(id);
            },
    });
    counting = { ...world.db, read: { ...world.db.read, requests } };
    const listeners = [
      await listen(requestListTopic, {}, dev),
      await listen(requestListTopic, {}, admin),
      await listen(requestListTopic, { team: shop }, admin),
    ];
    const foreign = await listen(requestListTopic, {}, stranger);
    const request = await world.submit(dev, { name: "row" });
    await vi.waitFor(
      () =>
        expect(
          listeners
            .slice(0, 2)
            .map(({ events }) => sets(events).map(({ key, view }) => ({ key, state: RequestRowView.parse(view).state }))),
        ).toEqual([[{ key: request.id, state: "waiting" }], [{ key: request.id, state: "waiting" }]]),
      { timeout: 5_000 },
    );
    expect(listeners[2]?.events).toEqual([]);
    expect(foreign.events).toEqual([]);
    expect(found).toEqual([request.id]);
    for (const { stop } of [...listeners, foreign]) stop();
  });
});

describe("inboxTopic", () => {
  it("says to read again when something visible changed, and nothing to others", async () => {
    const mine = await listen(inboxTopic, {}, admin);
    const foreign = await listen(inboxTopic, {}, stranger);
    await world.submit(dev, { name: "inbox" });
    await vi.waitFor(() => expect(mine.events).toEqual([{ type: "resync" }]), { timeout: 5_000 });
    expect(foreign.events).toEqual([]);
    mine.stop();
    foreign.stop();
  });
});
