import type { ReachActor } from "../../../lib/domain/topology/reach-view.ts";
import { paths } from "../../../lib/paths.ts";
import type { ShownLayer, ShownReach } from "./reach-data.ts";

/** Who reads: her own part of the work says "you", and a page that only the platform may open is no link for others. */
export type ReachReader = { readonly teams: readonly string[]; readonly isPlatform: boolean };

type Who = "you" | "caller" | "callerOf" | "owner" | "ownerOf" | "platform" | "aws";
type Fix = { readonly word: "networks" | "cluster" | "route" | "howToCall" | "ask"; readonly href: string };
type Parties = { readonly caller: Pick<ShownReach["caller"], "kind" | "id" | "team">; readonly service: ShownReach["service"] };

/** Who can change a layer, in the reader's eyes. */
export function actorOf(
  actor: ReachActor,
  { caller, service }: Parties,
  reader: ReachReader,
): { readonly who: Who; readonly team: string | null } {
  if (actor === "aws") return { who: "aws", team: null };
  if (actor === "platform") return { who: reader.isPlatform ? "you" : "platform", team: null };
  const team = actor === "caller" ? caller.team : service.team;
  if (team === null) return { who: actor, team };
  if (reader.teams.includes(team)) return { who: "you", team };
  return { who: actor === "caller" ? "callerOf" : "ownerOf", team };
}

const OF_NETWORK: readonly string[] = ["vpc", "association", "share", "security-groups", "network-policy"];
const OF_ROUTE: readonly string[] = ["listener", "rule", "target-groups", "targets", "service-policy"];

/** Where the thing is changed that failed or may fail; only pages that the reader may open. */
export function fixesOf({ id, state }: Pick<ShownLayer, "id" | "state">, answer: Parties, reader: ReachReader): readonly Fix[] {
  if (state !== "failed" && state !== "unknown" && state !== "not-checkable") return [];
  const { namespace, name, team } = answer.service;
  const howToCall: Fix = { word: "howToCall", href: paths.directoryEntry(namespace, name) };
  if (OF_NETWORK.includes(id))
    return [...(reader.isPlatform ? [{ word: "networks", href: paths.settings("networks") } as const] : []), ...clusterOf(answer.caller)];
  // A Lattice service that Kubernetes does not own has a dot in its namespace, and no route.
  if (OF_ROUTE.includes(id)) {
    if (namespace.includes(".")) return [howToCall];
    const isOwner = team !== null && reader.teams.includes(team);
    const asks = id === "service-policy" && !isOwner && !reader.isPlatform;
    return [{ word: asks ? "ask" : "route", href: paths.route(namespace, name) }];
  }
  return [howToCall];
}

function clusterOf({ kind, id }: Parties["caller"]): readonly Fix[] {
  if (kind !== "cluster" && kind !== "service-account") return [];
  const [, namespace = "", name = ""] = id.split("/");
  return name === "" ? [] : [{ word: "cluster", href: paths.cluster(namespace, name) }];
}
