import type { LiveEvent } from "./live-protocol.ts";

/** A view after an event, and whether it must be read again to be whole (order, membership, or a shape this page does not know). */
export type Patched<View> = { readonly view: View; readonly refetch: boolean };
export type Patch<View> = (view: View, event: LiveEvent) => Patched<View>;

type Page<Item> = { readonly items: readonly Item[] };

/** `placeOf` is everything that order and membership depend on: only a change of it makes the list be read again. */
type ItemRules<Item> = { readonly keyOf: (item: Item) => string; readonly placeOf: (item: Item) => string };

/**
 * Patches one page of a list: a known item changes in place at once; order and membership are the server's to say.
 * The pushed view is taken as an item: topic and query make it by the same function on the server.
 */
export function patchItems<Item, View extends Page<Item>>({ keyOf, placeOf }: ItemRules<Item>): Patch<View> {
  return (view, event) => {
    if (event.type !== "set" || !isObject(event.view)) return { view, refetch: true };
    const known = view.items.find((item) => keyOf(item) === event.key);
    if (known === undefined) return { view, refetch: true };
    const next = event.view as Item;
    return {
      view: { ...view, items: view.items.map((item) => (item === known ? next : item)) },
      refetch: placeOf(known) !== placeOf(next),
    };
  };
}

/** Replaces the whole view of one object, which topic and query make by the same function. A push without a view, or the object's end, means: read again. */
export function patchWhole<View>(): Patch<View> {
  return (view, event) =>
    event.type === "set" && isObject(event.view) ? { view: event.view as View, refetch: false } : { view, refetch: true };
}

/** What the topic pushes is a change of the view, which `apply` knows how to make; both come from one function on the server. */
export function patchWith<View>(apply: (view: View, change: object) => View): Patch<View> {
  return (view, event) =>
    event.type === "set" && isObject(event.view) ? { view: apply(view, event.view), refetch: false } : { view, refetch: true };
}

/** The topic says only that something changed. */
export function readAgain<View>(): Patch<View> {
  return (view) => ({ view, refetch: true });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
