import type { CurrentSpec } from "../../../../../components/routes/route-page.tsx";
import { RouteSpec } from "../../../../../lib/domain/routes/route-input.ts";
import type { RouteView } from "../../../../../lib/domain/routes/route-view.ts";
import { saysWholeSpec, specOfInputs } from "../../../../../lib/domain/routes/spec-of-inputs.ts";
import { readForPage } from "../../../../../lib/server/read-page.ts";
import { getRequest } from "../../../../../lib/services/requests/get-request.ts";
import { getRouteSpec } from "../../../../../lib/services/routes/get-route-spec.ts";

type OfRoute = Pick<RouteView, "namespace" | "name"> & {
  readonly versions: readonly { readonly request: string; readonly current: boolean }[];
};

/** What the route is now, as a change starts from it; null when its objects cannot be read as a spec. */
export async function readCurrentSpec({ namespace, name, versions }: OfRoute): Promise<CurrentSpec | null> {
  const { spec } = await readForPage(getRouteSpec, { namespace, name });
  const known = RouteSpec.safeParse(spec).data;
  return known === undefined ? null : { request: versions.find(({ current }) => current)?.request ?? null, spec: known };
}

/** What the route was in one of its versions (newest first in the list): the last whole spec up to it, with what was added after. */
export async function readVersionSpec({ versions }: OfRoute, request: string): Promise<RouteSpec | null> {
  const at = versions.findIndex((version) => version.request === request);
  if (at === -1) return null;
  const inputs = [];
  for (const version of versions.slice(at)) {
    const { kind, input } = await readForPage(getRequest, { id: version.request });
    inputs.unshift({ kind, input });
    if (saysWholeSpec({ kind, input })) break;
  }
  return specOfInputs(inputs);
}
