import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import type { WallFilter, WallLinkState, WallLinkView } from "../../lib/domain/tenancy/wall-link.ts";

export type ShownWall = WallLinkView;
export const WALL_CHOICES = ["team", "account", "network"] as const;
export type WallChoices = Readonly<Record<(typeof WALL_CHOICES)[number], readonly string[]>>;

export const WALL_GLYPH: Readonly<Record<WallLinkState, Glyph>> = { unused: "waiting", open: "ok", revoked: "closed", expired: "closed" };

/** The parts of a filter that narrow anything, in a fixed order. */
export function filterParts(
  filter: WallFilter,
): readonly { readonly name: (typeof WALL_CHOICES)[number] | "focus"; readonly value: string }[] {
  return ([...WALL_CHOICES, "focus"] as const).flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [{ name, value }];
  });
}
