import { AsyncLocalStorage } from "node:async_hooks";
import { PortalError } from "../../domain/portal-error.ts";

/** Knows whether the running code stands inside a transaction. On PGlite a read from inside would wait for the transaction it stands in, for ever. */
export type TransactionScope = {
  isInside(): boolean;
  /** `INTERNAL` `database.insideTransaction`. */
  requireOutside(): void;
  runInside<T>(run: () => Promise<T>): Promise<T>;
  /** For callbacks that a driver calls from within somebody's transaction. */
  runOutside<T>(run: () => T): T;
};

export function createTransactionScope(): TransactionScope {
  const inside = new AsyncLocalStorage<boolean>();
  const isInside = (): boolean => inside.getStore() === true;
  return {
    isInside,
    requireOutside: () => {
      if (isInside()) throw new PortalError("INTERNAL", "database.insideTransaction");
    },
    runInside: (run) => inside.run(true, run),
    runOutside: (run) => inside.run(false, run),
  };
}
