import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Answer } from "../wire/encode-answer.ts";
import type { WireRequest } from "../wire/resolve-call.ts";
import type { LatticeControl } from "./lattice-control.ts";

export const controlPath = "/_sandbox/";

/** `POST /_sandbox/<method>` with the method's input as JSON and the sandbox's token; the answer is `{ "result": … }`. */
export function openControlDoor(control: LatticeControl, token: string): (request: WireRequest) => Promise<Answer> {
  const methods = new Map<string, (input: unknown) => unknown>(Object.entries(control).map(([name, method]) => [name, method.untyped]));
  return async (request) => {
    if (!isToken(request.headers.authorization, token)) return answer(401, { error: "the sandbox's token is missing" });
    const method = methods.get(request.rawPath.slice(controlPath.length));
    if (!method) return answer(404, { error: `no such method; known: ${[...methods.keys()].join(", ")}` });
    if (request.method !== "POST") return answer(405, { error: "POST is the only way" });
    try {
      return answer(200, { result: (await method(request.body === "" ? undefined : JSON.parse(request.body))) ?? null });
    } catch (error) {
      if (error instanceof z.ZodError) return answer(400, { error: z.prettifyError(error) });
      if (error instanceof SyntaxError) return answer(400, { error: "the body is not JSON" });
      throw error;
    }
  };
}

function isToken(header: string | string[] | undefined, token: string): boolean {
  const given = Buffer.from(typeof header === "string" ? header : "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function answer(status: number, body: object): Answer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
