import { ChangeRouteInput, CreateRouteInput, type RouteSpec } from "./route-input.ts";

/** What one delivered request said about a route. */
export type DeliveredInput = { readonly kind: string; readonly input: unknown };

/** Does this input say the whole spec, or only what is added to the one before? */
export function saysWholeSpec({ kind, input }: DeliveredInput): boolean {
  return kind === "route.create" || (kind === "route.change" && isObject(input) && "spec" in input);
}

/**
 * The spec of a route after these delivered requests, oldest first; the first must say a whole spec. Null when an input is none of a route's:
 * then nothing may be proposed from it.
 */
export function specOfInputs(inputs: readonly DeliveredInput[]): RouteSpec | null {
  return inputs.reduce<RouteSpec | null>((spec, one) => apply(spec, one), null);
}

function apply(before: RouteSpec | null, { kind, input }: DeliveredInput): RouteSpec | null {
  if (kind === "route.create") {
    const created = CreateRouteInput.safeParse(input).data;
    if (created === undefined) return null;
    const { name: _name, ...spec } = created;
    return spec;
  }
  const changed = kind === "route.change" ? ChangeRouteInput.safeParse(input).data : undefined;
  if (changed === undefined) return null;
  if ("spec" in changed) return changed.spec;
  if (before === null) return null;
  // A policy by hand or an open network has no list to add to; such a request is refused before it is delivered.
  if (before.access.type !== "callers") return null;
  return { ...before, access: { type: "callers", callers: [...before.access.callers, changed.addCaller] } };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
