import { PortalError } from "../domain/portal-error.ts";
import { getActor } from "./actor.ts";
import { portal } from "./composition.ts";
import { type Endpoint, endpointOf, type Method, type Parts } from "./endpoints.ts";
import { localeOfRequest } from "./locale.ts";
import { localize } from "./localize.ts";
import { getMapReader } from "./map-reader.ts";
import { problemResponse } from "./problem.ts";
import { readJsonBody } from "./read-json-body.ts";
import { readQuery } from "./read-query.ts";
import { requireSameOrigin } from "./same-origin.ts";
import { showError } from "./show-error.ts";
import { type Translate, translatorOf } from "./translate.ts";

/** Next resolves `params` to nothing for a path without parameters. */
type RouteContext = { readonly params: Promise<Readonly<Record<string, string | string[] | undefined>> | undefined> };
export type Handler = (request: Request, route: RouteContext) => Promise<Response>;

const TIMEOUT_MS = 60_000;

/** The door of one row of the REST table. One of the three places that catch. */
export function runHandler(method: Method, path: string): Handler {
  const endpoint = endpointOf(method, path);
  return (request, route) =>
    answer(request, `${method} ${path}`, async (translate, signal) =>
      runEndpoint(endpoint, request, { params: await route.params, translate, signal }),
    );
}

/** Answers what is no endpoint at all, as a problem document. */
export const unknownEndpoint: Handler = (request) =>
  answer(request, "unknown", () => Promise.reject(new PortalError("NOT_FOUND", "unknownEndpoint")));

type Call = { readonly params: Awaited<RouteContext["params"]>; readonly translate: Translate; readonly signal: AbortSignal };

async function runEndpoint(endpoint: Endpoint, request: Request, { params, translate, signal }: Call): Promise<Response> {
  const actor = endpoint.forScreens === true ? await getMapReader(request.headers) : await getActor(request.headers);
  if (request.method !== "GET" && (actor.type === "wall" || actor.via.door === "session"))
    requireSameOrigin(request, portal().settings.baseUrl);
  const body = await readBody(endpoint, request);
  const { verb, respond, query } = inFormat(endpoint, readQuery(new URL(request.url).searchParams));
  const input = endpoint.input({
    params: readParams(params),
    query,
    body,
    idempotencyKey: endpoint.idempotent ? request.headers.get("idempotency-key") : null,
  });
  const output = await verb.execute(input, portal().contextFor(actor, signal));
  if (respond !== undefined) return respond.write(output, translate);
  return Response.json(localize(output, translate), {
    status: endpoint.status,
    headers: { "cache-control": "no-store", "content-language": translate.locale },
  });
}

/** Verb and form of the answer that was asked for. A form that the row does not know stays in the query, and the verb's schema refuses it by name. */
function inFormat(endpoint: Endpoint, query: Parts["query"]): Pick<Endpoint, "verb" | "respond"> & Pick<Parts, "query"> {
  const { format, ...rest } = query;
  const { verb, respond, formats } = endpoint;
  const usual = { verb, ...(respond === undefined ? {} : { respond }) };
  if (formats === undefined || typeof format !== "string") return { ...usual, query };
  if (format === "json") return { ...usual, query: rest };
  const found = Object.hasOwn(formats, format) ? formats[format] : undefined;
  return found === undefined ? { ...usual, query } : { ...found, query: rest };
}

/** Runs a door that is no row of the table under the same catch: language, time limit, problem document. */
export async function answer(
  request: Request,
  where: string,
  run: (translate: Translate, signal: AbortSignal) => Promise<Response>,
): Promise<Response> {
  const translate = translatorOf(localeOfRequest(request));
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    return await run(translate, signal);
  } catch (error) {
    const { log, randomId } = portal();
    return problemResponse(showError(error, { translate, log, ref: randomId(), where, signal }), translate);
  }
}

async function readBody(endpoint: Endpoint, request: Request): Promise<unknown> {
  if (endpoint.body === "none") return {};
  const isEmpty = request.body === null || request.headers.get("content-length") === "0";
  if (endpoint.body === "optional" && isEmpty) return {};
  return readJsonBody(request);
}

// Next hands no params to a route without dynamic segments, whatever its types say.
function readParams(params: Call["params"] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(params ?? {}).map(([name, value]) => [name, Array.isArray(value) ? value.join("/") : (value ?? "")]),
  );
}
