import type { FactChange, FactStore } from "../routes/fact-store.ts";
import { type PartKind, partName } from "./part-names.ts";

/** Which part each kind of fact speaks of; lists and health speak of none alone. */
const PART_OF: Readonly<Record<string, PartKind>> = {
  group: "group",
  "group-tags": "group",
  targets: "group",
  service: "service",
  "service-tags": "service",
  detail: "service",
  listeners: "service",
  policy: "service",
  vpc: "vpc",
  network: "seen-network",
};

/** Parts that a change of facts makes say something else; `account`: all of that account's. */
export function touchedParts(
  facts: FactStore,
  { source, keys, services }: FactChange,
): { readonly parts: readonly string[]; readonly account: string | null } {
  const cut = source.indexOf("/");
  const of = source.slice(cut + 1);
  if (source.startsWith("provider/")) return { parts: [partName("provider", of)], account: null };
  if (!source.startsWith("lattice/")) return { parts: [], account: null };
  const reading = facts.reading(of);
  const parts = new Set<string>();
  let isWhole = false;
  for (const key of keys) {
    const stroke = key.indexOf("/");
    const [kind, id] = [key.slice(0, stroke), key.slice(stroke + 1)];
    const part = PART_OF[kind];
    if (part !== undefined) parts.add(partName(part, of, id));
    if (kind === "association") parts.add(partName("service", of, reading?.find("association", id)?.value.serviceId ?? ""));
    // A list that was whole for the first time makes its items say something.
    if (kind === "list") isWhole = true;
  }
  // Groups and associations that are gone still name their services.
  for (const name of services === "all" ? [] : services) {
    const id = reading?.serviceIdOf(name) ?? null;
    if (id !== null) parts.add(partName("service", of, id));
  }
  return { parts: [...parts], account: isWhole ? of : null };
}
