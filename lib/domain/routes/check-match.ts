import type { FieldProblem } from "../portal-error.ts";
import { grpcPath } from "./lattice-match.ts";
import { problem } from "./route-check.ts";
import type { RouteMatch, RouteProtocol } from "./route-input.ts";

/** What both take: Lattice's charset (lattice.md §1.4) and the CEL rules of Gateway API's HTTPPathMatch, which refuses `?`, `#` and lone `%`. */
const PATH = /^\/(?:[a-zA-Z0-9@:_+.~&/=-]|%[0-9a-fA-F]{2})*$/;
const FORBIDDEN_IN_PATH = /\/\/|\/\.{1,2}(?:\/|$)|%2f/i;
const MAX_PATH = 200;
/** RFC 9110 "token"; what Gateway API's HeaderMatch takes. */
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;
/** Visible ASCII with single spaces inside. */
const HEADER_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const GRPC_SERVICE = /^[A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_][A-Za-z_0-9]*)*$/;
const GRPC_METHOD = /^[A-Za-z_][A-Za-z_0-9]*$/;

/** One rule's match, field by field, for the route's protocol. */
export function checkMatch(at: string, match: RouteMatch, protocol: RouteProtocol): FieldProblem[] {
  return [...(protocol === "grpc" ? checkGrpc(at, match) : checkHttp(at, match)), ...checkHeaders(`${at}.headers`, match.headers)];
}

function checkHttp(at: string, { path, grpc }: RouteMatch): FieldProblem[] {
  return [
    ...(grpc === undefined ? [] : [problem(`${at}.grpc`, "grpcOnHttp")]),
    ...(path === undefined || isPath(path.value) ? [] : [problem(`${at}.path`, "pathShape", { path: path.value })]),
  ];
}

/** May this stand as a path in a rule or a health check? */
export function isPath(path: string): boolean {
  return path.length <= MAX_PATH && PATH.test(path) && !FORBIDDEN_IN_PATH.test(path);
}

function checkGrpc(at: string, { path, method, grpc }: RouteMatch): FieldProblem[] {
  const foreign = [
    ...(path === undefined ? [] : [problem(`${at}.path`, "httpOnGrpc")]),
    ...(method === undefined ? [] : [problem(`${at}.method`, "httpOnGrpc")]),
  ];
  if (grpc === undefined) return foreign;
  if (!GRPC_SERVICE.test(grpc.service)) return [...foreign, problem(`${at}.grpc.service`, "grpcService", { service: grpc.service })];
  if (grpc.method !== undefined && !GRPC_METHOD.test(grpc.method))
    return [...foreign, problem(`${at}.grpc.method`, "grpcMethod", { method: grpc.method })];
  const { value } = grpcPath(grpc);
  return value.length > MAX_PATH ? [...foreign, problem(`${at}.grpc`, "grpcPathLength", { path: value, maximum: MAX_PATH })] : foreign;
}

function checkHeaders(at: string, headers: RouteMatch["headers"]): FieldProblem[] {
  const names = headers.map(({ name }) => name.toLowerCase());
  return headers.flatMap(({ name, value }, index) => [
    ...(HEADER_NAME.test(name) ? [] : [problem(`${at}.${index}.name`, "headerName", { name })]),
    ...(HEADER_VALUE.test(value) ? [] : [problem(`${at}.${index}.value`, "headerValue", { value })]),
    ...(names.indexOf(name.toLowerCase()) < index ? [problem(`${at}.${index}.name`, "duplicateHeader", { name })] : []),
  ]);
}
