import { listAt, textAt } from "../safe-read.ts";
import { GATEWAY_GROUP, LATTICE_GROUP } from "./route-keys.ts";

/** Who a ReferenceGrant lets reach what in its namespace. `name` null: everything of that kind. */
export type ReferenceGrantRule = {
  readonly fromKind: string;
  readonly fromNamespace: string;
  readonly kind: string;
  readonly name: string | null;
};

/** ReferenceGrant (gateway.networking.k8s.io) as pairs of a route kind and namespace with a ServiceImport; other grants are none of ours. */
export function readReferenceGrant(object: unknown): readonly ReferenceGrantRule[] {
  const from = listAt(object, "spec", "from").flatMap((one) => {
    const fromKind = textAt(one, "kind");
    const fromNamespace = textAt(one, "namespace");
    const isOurs = textAt(one, "group") === GATEWAY_GROUP && fromKind !== null && fromNamespace !== null;
    return isOurs ? [{ fromKind, fromNamespace }] : [];
  });
  const to = listAt(object, "spec", "to").flatMap((one) => {
    const kind = textAt(one, "kind");
    return textAt(one, "group") === LATTICE_GROUP && kind !== null ? [{ kind, name: textAt(one, "name") }] : [];
  });
  return from.flatMap((source) => to.map((target) => ({ ...source, ...target })));
}
