import { describe, expect, it } from "vitest";
import { readProfile, readToken } from "./claims.ts";

const token = { iss: "http://localhost:4000", sub: "admin", sid: "s", loginAt: 1000, idToken: "x" };

describe("readToken", () => {
  it("is over 60 minutes after sign-in, whenever the cookie was renewed", () => {
    expect(readToken({ ...token, iat: 4500, exp: 9000 }, 1000 + 3599)).toMatchObject(token);
    expect(readToken({ ...token, iat: 4500, exp: 9000 }, 1000 + 3600)).toBeNull();
  });

  it.each([null, {}, { ...token, sid: undefined }, { ...token, loginAt: "1000" }, "x"])("refuses %j", (raw) =>
    expect(readToken(raw, 1000)).toBeNull(),
  );
});

describe("readProfile", () => {
  it("takes identity from issuer and subject, never from the e-mail address", () => {
    expect(readProfile({ iss: "i", sub: "s", email: "a@example.test", groups: ["a", 1, "", "b"], other: true }, "groups")).toEqual({
      issuer: "i",
      subject: "s",
      name: "a@example.test",
      email: "a@example.test",
      groups: ["a", "b"],
    });
  });

  it("reads a single group and another claim name, and caps the list", () => {
    expect(readProfile({ iss: "i", sub: "s", roles: "one" }, "roles").groups).toEqual(["one"]);
    expect(readProfile({ iss: "i", sub: "s", groups: Array.from({ length: 2000 }, (_, n) => `g${n}`) }, "groups").groups).toHaveLength(500);
  });

  it("refuses a profile without subject", () => expect(() => readProfile({ iss: "i" }, "groups")).toThrow());
});
