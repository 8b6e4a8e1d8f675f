import { expect, it } from "vitest";
import { readWallCookie, WALL_PATHS, wallSetCookie } from "./wall-cookie.ts";

const cookie = { installationId: "abcd", secret: "tw_secret", expiresAt: new Date("2026-12-22T00:00:00Z"), secure: true };

it("is unreadable for scripts, sent by no other site, and good for the doors of the map only", () => {
  expect(WALL_PATHS.map((path) => wallSetCookie(cookie, path))).toEqual(
    ["/topology", "/api/v1/topology", "/api/live"].map(
      (path) => `trellis-abcd.wall=tw_secret; Path=${path}; Expires=Tue, 22 Dec 2026 00:00:00 GMT; HttpOnly; SameSite=Strict; Secure`,
    ),
  );
  expect(wallSetCookie({ ...cookie, secure: false }, "/topology").includes("Secure")).toBe(false);
});

it("reads the cookie of its own installation only", () => {
  const headers = (text: string) => new Headers({ cookie: text });
  expect(readWallCookie(headers("a=b; trellis-abcd.wall=tw_x; c=d"), "abcd")).toBe("tw_x");
  expect(readWallCookie(headers("trellis-efgh.wall=tw_x"), "abcd")).toBeNull();
  expect(readWallCookie(new Headers(), "abcd")).toBeNull();
});
