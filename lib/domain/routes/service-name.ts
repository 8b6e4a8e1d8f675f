import { PortalError } from "../portal-error.ts";
import { withHash } from "./short-hash.ts";

export const MIN_SERVICE_NAME = 3;
export const MAX_SERVICE_NAME = 40;
const SHAPE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const TRIES = 100;

/** Is this a name that Lattice takes for a service? 3 to 40 of [a-z0-9-], no `svc-` at the start, no double or edge hyphen (lattice.md §1.4, §3.3). */
export function isServiceName(name: string): boolean {
  return name.length >= MIN_SERVICE_NAME && name.length <= MAX_SERVICE_NAME && SHAPE.test(name) && !name.startsWith("svc-");
}

/**
 * A Lattice service name for a team's route that nobody holds in the account and Region: `<team>-<route>` where that fits and is free, else shortened with
 * a hash. The same answer for the same names taken. `CONFLICT` `routes.noFreeName` when every try is taken.
 */
export function allotServiceName(team: string, name: string, isTaken: (name: string) => boolean): string {
  const identity = `${team}/${name}`;
  const plain = legal(`${team}-${name}`);
  if (isServiceName(plain) && !isTaken(plain)) return plain;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const hashed = withHash(plain, attempt === 0 ? identity : `${identity}/${attempt}`, MAX_SERVICE_NAME);
    if (!isTaken(hashed)) return hashed;
  }
  throw new PortalError("CONFLICT", "routes.noFreeName", { name: plain });
}

/** What is reserved so that no two requests make the same Lattice service. */
export function latticeNameKey(service: { readonly awsAccountId: string; readonly region: string; readonly name: string }): string {
  return `lattice/${service.awsAccountId}/${service.region}/${service.name}`;
}

/** The listener that the controller makes: `<route, first 20>-<namespace, first 18>-<port>-<protocol>`, hyphens trimmed at the cuts (lattice.md §1.4). */
export function listenerNameOf(route: { readonly namespace: string; readonly name: string }, port: number, protocol: string): string {
  const cut = (text: string, length: number): string => text.slice(0, length).replace(/^-+|-+$/g, "");
  return `${cut(route.name, 20)}-${cut(route.namespace, 18)}-${port}-${protocol.toLowerCase()}`;
}

/** 3 to 63 of [a-z0-9-], no `listener-` at the start, no double or edge hyphen (lattice.md §1.4, §3.3). */
export function isListenerName(name: string): boolean {
  return name.length >= 3 && name.length <= 63 && SHAPE.test(name) && !name.startsWith("listener-");
}

// "svc-" at the start is Lattice's own; a word before it is enough.
function legal(text: string): string {
  const squeezed = text.replace(/-{2,}/g, "-").replace(/^-|-$/g, "");
  return squeezed.startsWith("svc-") ? `team-${squeezed}` : squeezed;
}
