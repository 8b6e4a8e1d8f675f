import { PortalError } from "../../domain/portal-error.ts";
import type { RequestKind, RequestKinds } from "./request-kind.ts";

/** Makes a typed kind fit the list. The engine passes a kind only inputs that its own schema parsed and facts that its own `observe` returned. */
export function requestKind<Input, Facts>(kind: RequestKind<Input, Facts>): RequestKind {
  // Safe for the reason above: the two type parameters never meet values of another kind.
  return kind as unknown as RequestKind;
}

/** The registry over a list of kinds. `get` throws `NOT_FOUND` `requests.unknownKind`. */
export function requestKindsOf(kinds: readonly RequestKind[]): RequestKinds {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  return {
    get: (name) => {
      const kind = byName.get(name);
      if (kind === undefined) throw new PortalError("NOT_FOUND", "requests.unknownKind", { kind: name });
      return kind;
    },
    list: () => kinds,
  };
}
