import { z } from "zod";
import { LatticeError } from "../lattice-error.ts";
import type { Call } from "../operations/call.ts";
import { latticeOperations } from "../operations/lattice-operations.ts";
import type { Access } from "../operations/operation.ts";
import { certificateOperations } from "../other-services/certificates.ts";
import { securityTokenOperations } from "../other-services/security-tokens.ts";
import { taggingOperations } from "../other-services/tagging.ts";
import type { Protocol } from "./encode-answer.ts";
import { createRouter } from "./router.ts";

export type WireRequest = {
  readonly method: string;
  readonly rawPath: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
};

/** A request with its operation found, not yet run. */
export type ResolvedCall = {
  readonly protocol: Protocol;
  readonly operation: string;
  readonly access: Access;
  readonly status: number;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly run: (call: Call) => object;
};

const JsonObject = z.record(z.string(), z.unknown());
const findRoute = createRouter(latticeOperations);
const jsonOperations = new Map([...taggingOperations, ...certificateOperations].map((one) => [one.target, one]));

/** Which operation of which API a request means. What is unknown becomes a call that answers so, and is logged like any other. */
export function resolveCall(request: WireRequest): ResolvedCall {
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") return resolveJson(request, target);
  const type = request.headers["content-type"];
  if (typeof type === "string" && type.startsWith("application/x-www-form-urlencoded")) return resolveQuery(request);
  return resolveRest(request);
}

function resolveRest(request: WireRequest): ResolvedCall {
  const found = findRoute(request.method, request.rawPath);
  if (!found) return unknown("rest", `${request.method} ${request.rawPath}`);
  const { operation } = found;
  const body = jsonBody(request.body);
  if (body === null)
    return refused("rest", operation.name, new LatticeError(400, "SerializationException", "The body is not a JSON object"));
  const members = { ...body, ...queryMembers(request.query), ...found.members };
  return {
    protocol: "rest",
    operation: operation.name,
    access: operation.access,
    status: operation.status,
    arguments: members,
    run: (call) => operation.run(call, members),
  };
}

function resolveJson(request: WireRequest, target: string): ResolvedCall {
  const operation = jsonOperations.get(target);
  if (!operation) return unknown("json", target);
  const body = jsonBody(request.body);
  if (body === null)
    return refused("json", operation.name, new LatticeError(400, "SerializationException", "The body is not a JSON object"));
  return {
    protocol: "json",
    operation: operation.name,
    access: operation.access,
    status: 200,
    arguments: body,
    run: (call) => operation.run(call, body),
  };
}

function resolveQuery(request: WireRequest): ResolvedCall {
  const form = Object.fromEntries(new URLSearchParams(request.body));
  const operation = securityTokenOperations.find(({ name }) => name === form.Action);
  if (!operation) return unknown("query", form.Action ?? "");
  const { name, access } = operation;
  return { protocol: "query", operation: name, access, status: 200, arguments: form, run: (call) => operation.run(call, form) };
}

function unknown(protocol: Protocol, operation: string): ResolvedCall {
  return refused(protocol, operation, new LatticeError(404, "UnknownOperationException", `The emulator does not know ${operation}`));
}

function refused(protocol: Protocol, operation: string, error: LatticeError): ResolvedCall {
  const run = () => {
    throw error;
  };
  return { protocol, operation, access: "read", status: 200, arguments: {}, run };
}

function jsonBody(body: string): Record<string, unknown> | null {
  if (body === "") return {};
  try {
    return JsonObject.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

/** A member that is repeated becomes a list. */
function queryMembers(query: URLSearchParams): Record<string, string | string[]> {
  const members: Record<string, string | string[]> = {};
  for (const name of new Set(query.keys())) {
    const [first = "", ...more] = query.getAll(name);
    members[name] = more.length > 0 ? [first, ...more] : first;
  }
  return members;
}
