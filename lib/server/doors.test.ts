import { describe, expect, it } from "vitest";
import { message } from "../domain/message.ts";
import { PortalError } from "../domain/portal-error.ts";
import { pickLocale } from "./locale.ts";
import { localize, localizeShared } from "./localize.ts";
import { readJsonBody } from "./read-json-body.ts";
import { readQuery } from "./read-query.ts";
import { safeNext } from "./safe-next.ts";
import { requireSameOrigin } from "./same-origin.ts";
import type { Translate } from "./translate.ts";

const translate: Translate = Object.assign((key: string, values: object = {}) => `${key}${JSON.stringify(values)}`, {
  locale: "en" as const,
});
const post = (body: BodyInit | null, headers: Record<string, string> = { "content-type": "application/json" }) =>
  new Request("http://localhost:3000/api/v1/requests", { method: "POST", body, headers });

describe("readJsonBody", () => {
  it("reads JSON, also with a charset", async () => {
    expect(await readJsonBody(post('{"a":["é"]}', { "content-type": "application/json; charset=utf-8" }))).toEqual({ a: ["é"] });
  });

  it.each([
    ["another content type", post("{}", { "content-type": "text/plain" }), "input.contentType"],
    ["a form", post(new URLSearchParams({ a: "b" }), {}), "input.contentType"],
    ["malformed JSON", post('{"a":'), "input.malformedJson"],
    ["an empty body", post(""), "input.malformedJson"],
    ["bytes that are no UTF-8", post(Uint8Array.from([0x22, 0xff, 0x22])), "input.wrongEncoding"],
    ["a body over the limit", post(`"${"x".repeat(256 * 1024)}"`), "input.bodyTooLarge"],
    ["nesting without end", post("[".repeat(100_000) + "]".repeat(100_000)), "input.tooDeep"],
  ])("refuses %s", async (_, request, key) => {
    await expect(readJsonBody(request)).rejects.toMatchObject({ code: "INVALID", key });
  });

  it("stops reading a body that lies about its length", async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const request = new Request("http://localhost/", {
      method: "POST",
      body,
      duplex: "half",
      headers: { "content-type": "application/json" },
    } as RequestInit);
    await expect(readJsonBody(request)).rejects.toMatchObject({ key: "input.bodyTooLarge" });
    expect(sent).toBeLessThan(10);
  });
});

describe("requireSameOrigin", () => {
  const base = "http://localhost:3000";
  it.each([[{ origin: base }], [{ "sec-fetch-site": "same-origin" }]])("lets our own pages write: %j", (headers) =>
    expect(() => requireSameOrigin(post("{}", headers), base)).not.toThrow(),
  );
  it.each([
    [{ origin: "http://evil.example" }],
    [{ origin: "null" }],
    [{ origin: "http://localhost:3001" }],
    [{ "sec-fetch-site": "same-site" }],
    [{}],
  ])("refuses %j", (headers) => expect(() => requireSameOrigin(post("{}", headers as Record<string, string>), base)).toThrow(PortalError));
});

describe("safeNext", () => {
  it.each(["/clusters?state=ready", "/requests/R-1#x"])("keeps %s", (path) => expect(safeNext(path)).toBe(path));
  it.each([
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "/a\nb",
    "javascript:1",
    "",
    null,
    3,
    "/sign-in?next=/",
    "/api/auth/signout",
  ])("turns %s into home", (path) => expect(safeNext(path)).toBe("/"));
});

describe("localize", () => {
  it("translates messages deep, inside out, and leaves data alone", () => {
    const view = {
      title: message("a", { inner: message("b") }),
      rows: [{ sentence: message("c", { n: 1 }), name: "x", at: new Date(0) }],
      none: null,
    };
    expect(localize(view, translate)).toEqual({
      title: 'a{"inner":"b{}"}',
      rows: [{ sentence: 'c{"n":1}', name: "x", at: "1970-01-01T00:00:00.000Z" }],
      none: null,
    });
  });

  it.each([
    { messageKey: "a" },
    { messageKey: "a", values: null },
    { messageKey: "a", values: { x: null } },
    { messageKey: "a", values: {}, more: 1 },
    { messageKey: 1, values: {} },
  ])("leaves what only looks like a message: %j", (value) => expect(localize({ value }, translate)).toEqual({ value }));
});

describe("localizeShared", () => {
  it("translates one object once per language", () => {
    let calls = 0;
    const counting = (locale: "en" | "ja"): Translate => Object.assign((key: string) => `${locale} ${key} ${(calls += 1)}`, { locale });
    const view = { title: message("a") };
    const read = (locale: "en" | "ja") => localizeShared(view, counting(locale));
    expect([read("en"), read("en"), read("ja")]).toEqual([{ title: "en a 1" }, { title: "en a 1" }, { title: "ja a 2" }]);
  });
});

describe("pickLocale", () => {
  it.each([
    ["ja", null, "ja"],
    ["fr", "ja-JP,en;q=0.8", "ja"],
    [undefined, "fr,en;q=0.5,ja;q=0.9", "ja"],
    [undefined, "fr", "en"],
    [undefined, null, "en"],
    [undefined, "ja;q=0,en;q=0.1", "en"],
  ])("cookie %s and header %s give %s", (cookie, header, locale) => expect(pickLocale(cookie, header)).toBe(locale));
});

describe("readQuery", () => {
  it("makes numbers and lists, and keeps the rest", () => {
    expect(readQuery(new URLSearchParams("state=ready,failed&state=paused&limit=20&team=payments&q=&x=1"))).toEqual({
      state: ["ready", "failed", "paused"],
      limit: 20,
      team: "payments",
      x: "1",
    });
    expect(readQuery(new URLSearchParams("limit=ten"))).toEqual({ limit: "ten" });
  });
});
