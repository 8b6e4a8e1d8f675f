import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { SessionId } from "../lib/domain/ids.ts";
import type { Person } from "../lib/domain/tenancy/actor.ts";
import { exampleInput } from "../lib/manifests/clusters/testing.ts";
import { findActor } from "../lib/server/actor.ts";
import type { Portal } from "../lib/server/composition.ts";
import { endStreamsWithRights } from "../lib/server/end-streams-with-rights.ts";
import { ENDPOINTS } from "../lib/server/endpoints.ts";
import { createReadiness } from "../lib/server/readiness.ts";
import { answer, runHandler, unknownEndpoint } from "../lib/server/run-handler.ts";
import { liveStream } from "../lib/server/sse.ts";
import { createStreams, type Streams } from "../lib/server/streams.ts";
import { TOPICS } from "../lib/server/verbs.ts";
import { wallDoor } from "../lib/server/wall-door.ts";
import { createWallLink } from "../lib/services/tenancy/create-wall-link.ts";
import { endSession } from "../lib/services/tenancy/end-session.ts";
import { revokeToken } from "../lib/services/tenancy/revoke-token.ts";
import { revokeWallLink } from "../lib/services/tenancy/revoke-wall-link.ts";
import { startSession } from "../lib/services/tenancy/start-session.ts";
import { createMatrixWorld, type MatrixWorld, PEOPLE } from "./rights-matrix-world.ts";

// The sign-in library needs Next around it: here the cookie's text is the session id itself.
vi.mock("../lib/server/identity.ts", () => ({
  identity: () => ({
    readSession: async (headers: Headers) => {
      const sessionId = /session=([\w-]+)/.exec(headers.get("cookie") ?? "")?.[1];
      return sessionId === undefined ? null : { issuer: "https://issuer.example", subject: headers.get("x-subject"), sessionId };
    },
  }),
}));

const BASE = "http://localhost:3000";
const TOKEN = "read-token-for-the-doors";
let world: MatrixWorld;
let streams: Streams;

beforeAll(async () => {
  world = await createMatrixWorld();
  streams = createStreams(() => undefined);
  const running: Portal = {
    ...world.context(world.everybody.admin),
    readiness: createReadiness(),
    streams,
    contextFor: (actor, signal) => ({ ...world.context(actor), signal }),
    systemContext: (name, signal) => ({ ...world.context({ type: "system", name }), signal }),
    onWakeDelivery: () => undefined,
    usePlaces: () => undefined,
    close: async () => undefined,
  };
  Object.assign(globalThis, { [Symbol.for("trellis.portal")]: running });
  endStreamsWithRights(running);
  const { db } = world;
  await db.transaction(async (tx) => {
    const hash = createHash("sha256").update(TOKEN).digest("hex");
    const owner = { issuer: "https://issuer.example", subject: "developer", name: "developer" };
    const before = {
      teams: await tx.tenancy.listTeams(),
      policies: await tx.tenancy.listPolicies(),
      blueprints: await tx.tenancy.listBlueprints(),
    };
    await tx.tenancy.applyBootstrap({
      teams: before.teams,
      mappings: [
        { type: "subject", issuer: "https://issuer.example", subject: "developer", grant: { teamId: world.payments, role: "developer" } },
        { type: "subject", issuer: "https://issuer.example", subject: "admin", grant: { globalRole: "platform-admin" } },
        { type: "group", group: "viewers", grant: { globalRole: "viewer" } },
      ],
      accounts: await tx.tenancy.listAccounts(),
      policies: before.policies,
      blueprints: before.blueprints.map((blueprint) => ({ ...blueprint, withdrawn: false })),
      prices: {},
      networking: {},
      kindPolicies: await tx.tenancy.kindPolicies(),
      tokens: [
        { id: "doors", owner, name: "doors", hash, scopes: ["read"], expiresAt: new Date(world.now().getTime() + 3_600_000) },
        ...PEOPLE.map((name) => ({
          id: `token-${name}`,
          owner: { ...owner, subject: name, name },
          name,
          hash: createHash("sha256").update(name).digest("hex"),
          scopes: ["read", "write"] as const,
          expiresAt: new Date(world.now().getTime() + 3_600_000),
        })),
      ],
    });
  });
});
afterAll(() => world.close());

type Call = {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
};
const signedIn = ({ userId, subject }: Person): Record<string, string> => ({ cookie: `session=${userId}`, "x-subject": subject });
const json = { "content-type": "application/json" };
const own = { origin: BASE };

async function call(path: string, { method = "GET", body, headers = {}, params = {} }: Call) {
  const handler = runHandler(method === "POST" ? "POST" : "GET", path);
  const url = `${BASE}/api/v1${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "")}`;
  const response = await handler(new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }), {
    params: Promise.resolve(params),
  });
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
}

describe("the REST door", () => {
  const whole = (name: string) =>
    JSON.stringify({
      kind: "cluster.create",
      team: "payments",
      purpose: "Trying the doors",
      input: { ...exampleInput("eks-small"), name },
    });
  const dev = () => signedIn(world.everybody.developer);

  it("answers strangers, wrong tokens and ended sessions with a 401 problem that names bearer", async () => {
    for (const headers of [
      {},
      { authorization: "Bearer not-a-token-of-ours" },
      { authorization: "Basic x" },
      { cookie: "session=00000000-0000-4000-8000-000000000000", "x-subject": "developer" },
    ]) {
      const { status, type, body, headers: answered } = await call("/me", { headers });
      expect([status, type, body["code"], answered.get("www-authenticate")]).toEqual([
        401,
        "application/problem+json",
        "UNAUTHENTICATED",
        'Bearer realm="trellis"',
      ]);
    }
  });

  it("does not let a wrong token fall back to a good cookie", async () => {
    expect((await call("/me", { headers: { ...dev(), authorization: "Bearer not-a-token-of-ours" } })).status).toBe(401);
  });

  it("does not accept a session of another person", async () => {
    expect((await call("/me", { headers: { ...dev(), "x-subject": "admin" } })).status).toBe(401);
  });

  it("knows a bearer token, and holds it to its scope", async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await call("/me", { headers })).body).toMatchObject({ name: "developer" });
    const refused = await call("/requests", { method: "POST", headers: { ...headers, ...json }, body: whole("by-token") });
    expect([refused.status, refused.body["code"], refused.body["type"]]).toEqual([403, "FORBIDDEN", "urn:trellis:problem:tokenScope"]);
  });

  it.each([
    ["malformed JSON", { body: "{", headers: json }, 400, "INVALID"],
    ["another content type", { body: "{}", headers: { "content-type": "text/plain" } }, 415, "INVALID"],
    ["a body over the limit", { body: `"${"x".repeat(300_000)}"`, headers: json }, 413, "INVALID"],
    ["a list instead of an object", { body: "[]", headers: json }, 422, "INVALID"],
    ["missing and unknown fields", { body: '{"kind":"cluster.create","more":1}', headers: json }, 422, "INVALID"],
  ])("refuses %s", async (_, request, status, code) => {
    const answered = await call("/requests", { method: "POST", ...request, headers: { ...dev(), ...own, ...request.headers } });
    expect([answered.status, answered.body["code"]]).toEqual([status, code]);
    expect(answered.body["ref"]).toMatch(/^\S{10,}$/);
  });

  it("names each refused field, and says it in Japanese too", async () => {
    const ask = (language: string) =>
      call("/requests", {
        method: "POST",
        body: '{"kind":"cluster.create","more":1}',
        headers: { ...dev(), ...own, ...json, "accept-language": language },
      });
    const [en, ja] = [await ask("en"), await ask("ja")];
    expect(en.body["fields"]).toContainEqual({ path: "more", message: "There is no such field. Remove it, or check its spelling." });
    expect(ja.body["fields"]).toContainEqual({ path: "more", message: "この項目はありません。削除するか、綴りを確認してください。" });
    expect([en, ja].map(({ headers }) => headers.get("content-language"))).toEqual(["en", "ja"]);
  });

  it.each([[{ origin: "http://evil.example" }], [{ origin: "http://localhost:3001" }], [{}]])(
    "refuses a write by cookie from elsewhere: %j",
    async (headers) => {
      const answered = await call("/requests", { method: "POST", body: whole("cross"), headers: { ...dev(), ...json, ...headers } });
      expect([answered.status, answered.body["type"]]).toEqual([403, "urn:trellis:problem:crossOrigin"]);
    },
  );

  it("submits once for one Idempotency-Key, and refuses the key with another body", async () => {
    const post = (name: string) =>
      call("/requests", { method: "POST", body: whole(name), headers: { ...dev(), ...own, ...json, "idempotency-key": "k-1" } });
    const [first, again, other] = [await post("once"), await post("once"), await post("twice")];
    expect([first.status, again.status, other.status]).toEqual([201, 201, 409]);
    expect(again.body["id"]).toBe(first.body["id"]);
    expect(first.body).toMatchObject({
      state: "waiting",
      title: "Create cluster once",
      target: { namespace: "team-payments", name: "once" },
    });
  });

  it("makes not yours and not there the same bytes", async () => {
    const { id } = await world.freshRequest("waiting");
    const read = async (wanted: string) => {
      const { ref: _, ...body } = (await call("/requests/{id}", { params: { id: wanted }, headers: signedIn(world.everybody.stranger) }))
        .body;
      return JSON.stringify(body);
    };
    expect(await read(id)).toBe(await read("R-999999"));
  });

  it("answers an unknown endpoint with a problem", async () => {
    const response = await unknownEndpoint(new Request(`${BASE}/api/v1/nothing`), { params: Promise.resolve({}) });
    expect([response.status, response.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  });
});

describe("the wall door", () => {
  const address = (n: number) => ({ "x-trellis-address": `192.0.2.${n}` });

  async function make(): Promise<{ readonly id: string; readonly token: string }> {
    const { link, url } = await createWallLink.execute({ name: "Lobby", filter: { team: "shop" } }, world.context(world.everybody.admin));
    return { id: link.id, token: url.slice(url.indexOf("#") + 1) };
  }
  async function exchange(token: unknown, headers: Record<string, string> = address(1)) {
    const request = { method: "POST", body: JSON.stringify({ token }), headers: { ...json, ...own, ...headers } };
    const response = await wallDoor(new Request(`${BASE}/api/wall`, request));
    const cookies = response.headers.getSetCookie();
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status, body, cookies, screen: { cookie: cookies[0]?.split(";")[0] ?? "" } };
  }

  it("exchanges a token once for a cookie of the map's three doors, and the second try is audited", async () => {
    const { id, token } = await make();
    const first = await exchange(token);
    expect([first.status, first.body]).toEqual([200, { next: "/topology?team=shop&wall=on" }]);
    expect(first.cookies.map((cookie) => /Path=([^;]+)/.exec(cookie)?.[1])).toEqual(["/topology", "/api/v1/topology", "/api/live"]);
    for (const cookie of first.cookies) expect(cookie).toMatch(/^trellis-test\.wall=tw_[\w-]+; .*HttpOnly; SameSite=Strict$/);
    const again = await exchange(token);
    expect([again.status, again.body["code"], again.cookies]).toEqual([409, "CONFLICT", []]);
    expect(
      (await world.db.read.audit.list({ target: `wall-link/${id}` }, { cursor: null, limit: 9 })).items.map(({ outcome }) => outcome),
    ).toEqual(["refused", "ok", "ok"]);
  });

  it("lets one of two exchanges at the same time win", async () => {
    const { token } = await make();
    const both = await Promise.all([exchange(token, address(2)), exchange(token, address(2))]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it("reads the same for what was never a token, and refuses other sites and too many tries", async () => {
    const { token } = await make();
    const unknown = [
      await exchange(`tw_${"x".repeat(44)}`, address(3)),
      await exchange("no token", address(3)),
      await exchange(7, address(3)),
    ];
    for (const { status, body } of unknown) expect([status, body["type"]]).toEqual([409, "urn:trellis:problem:wall.spent"]);
    expect((await exchange(token, { ...address(3), origin: "http://evil.example" })).status).toBe(403);
    for (let n = 0; n < 10; n += 1) await exchange("no token", address(4));
    const limited = await exchange(token, address(4));
    expect([limited.status, limited.body["code"]]).toEqual([429, "UNAVAILABLE"]);
  });

  it("puts neither token nor cookie into a log line, a metric or the audit", async () => {
    const { token } = await make();
    const { screen } = await exchange(token, address(5));
    const secret = screen.cookie.slice(screen.cookie.indexOf("=") + 1);
    await exchange(token, address(5));
    const rows = await world.db.read.audit.after(0, 10_000);
    const { log, metrics } = world.context(world.everybody.admin);
    const told = JSON.stringify([rows, world.log.lines, log, metrics]);
    expect([token, secret].map((text) => told.includes(text))).toEqual([false, false]);
  });

  it("makes a screen nobody at every door but the map's", async () => {
    const { screen } = await exchange((await make()).token, address(6));
    expect(await findActor(new Headers(screen))).toBeNull();
    const params = { namespace: "team-payments", name: "orders", id: "R-1", kind: "cluster.create" };
    for (const { method, path, forScreens } of ENDPOINTS) {
      if (method === "DELETE" || forScreens === true) continue;
      const body = method === "POST" ? { body: "{}", headers: { ...json, ...own, ...screen } } : { headers: screen };
      const { status } = await call(path, { method, params, ...body });
      expect([method, path, status]).toEqual([method, path, 401]);
    }
    expect(
      ENDPOINTS.filter(({ forScreens }) => forScreens === true).every(({ path, method }) => path === "/topology" && method === "GET"),
    ).toBe(true);
  });

  it("opens the live stream of the map alone, and ends it when the link is revoked", async () => {
    const { id, token } = await make();
    const { screen } = await exchange(token, address(7));
    const wanted = TOPICS.map(({ name }) => ({ topic: name, input: {} }));
    const stream = await openLive(screen, wanted);
    const opened = /"topics":(\[[^\]]*\])/.exec(await stream.until(/event: open\ndata: .*\n/))?.[1] ?? "";
    const names = (JSON.parse(opened) as number[]).map((index) => wanted[index]?.topic);
    expect(names).toEqual(TOPICS.some(({ name }) => name === "topology") ? ["topology"] : []);
    await revokeWallLink.execute({ id, reason: "The screen was sold" }, world.context(world.everybody.admin));
    expect(await stream.until(/\[never\]/)).toContain('event: end\ndata: {"reason":"session"}');
    expect((await openLive(screen, [])).status).toBe(401);
  });
});

async function openLive(headers: Record<string, string>, wanted: unknown) {
  const leave = new AbortController();
  const request = new Request(`${BASE}/api/live?topics=${encodeURIComponent(JSON.stringify(wanted))}`, { headers, signal: leave.signal });
  const response = await answer(request, "live", (translate) => liveStream(request, translate));
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  let text = "";
  /** Reads on until the text matches or the stream ends. */
  const until = async (pattern: RegExp) => {
    while (!pattern.test(text)) {
      const { done, value } = await reader.read();
      if (done) return `${text}[end]`;
      text += new TextDecoder().decode(value);
    }
    return text;
  };
  return { status: response.status, until, leave };
}

describe("the live door", () => {
  const topics = [
    { topic: "requests", input: {} },
    { topic: "request", input: { id: "R-999999" } },
    { topic: "nothing", input: {} },
  ];

  const open = (headers: Record<string, string>, wanted: unknown = topics) => openLive(headers, wanted);

  it("refuses strangers and unreadable topics before it opens", async () => {
    expect((await open({})).status).toBe(401);
    expect((await open(signedIn(world.everybody.developer), "no list")).status).toBe(422);
  });

  it("says which topics it opened, and pushes sentences, not keys", async () => {
    const stream = await open(signedIn(world.everybody.developer));
    expect(await stream.until(/event: open\ndata: .*\n/)).toContain(
      '"topics":[0],"refused":[{"index":1,"code":"NOT_FOUND"},{"index":2,"code":"NOT_FOUND"}]',
    );
    const { id } = await world.freshRequest("waiting");
    const pushed = await stream.until(new RegExp(`"key":"${id}".*\n`));
    expect(pushed).toContain('"title":"Create cluster ');
    expect(pushed.includes("messageKey")).toBe(false);
    stream.leave.abort();
    await vi.waitFor(() => expect(streams.size()).toBe(0));
  });

  it("tells outsiders nothing", async () => {
    const stream = await open(signedIn(world.everybody.otherTeam), [{ topic: "requests", input: {} }]);
    await stream.until(/event: open\n/);
    const { id } = await world.freshRequest("waiting");
    streams.endAll("shutdown");
    expect((await stream.until(/\[never\]/)).includes(id)).toBe(false);
  });

  it("ends with the session, with a change of rights, and with the token", async () => {
    streams = createStreams(() => undefined);
    const running = (globalThis as Record<symbol, Portal | undefined>)[Symbol.for("trellis.portal")];
    if (running === undefined) throw new Error("no portal");
    Object.assign(running, { streams });
    endStreamsWithRights(running);
    const { admin, stranger } = world.everybody;
    const ofStranger = await open(signedIn(stranger), []);
    const ofAdmin = await open(signedIn(admin), []);
    const ofToken = await open({ authorization: `Bearer ${TOKEN}` }, []);
    await startSession.execute(
      { issuer: stranger.issuer, subject: stranger.subject, name: "stranger", email: null, groups: ["viewers"] },
      world.context({ type: "system", name: "sign-in" }),
    );
    expect(await ofStranger.until(/\[never\]/)).toContain('event: end\ndata: {"reason":"rights"}');
    await endSession.execute({ sessionId: SessionId.parse(admin.userId) }, world.context(admin));
    expect(await ofAdmin.until(/\[never\]/)).toContain('event: end\ndata: {"reason":"session"}');
    await revokeToken.execute({ id: "doors" }, world.context(world.everybody.developer));
    expect(await ofToken.until(/\[never\]/)).toContain("event: end");
    expect(streams.size()).toBe(0);
  });
});
