import { createAuditMac } from "../../domain/audit/audit-mac.ts";
import type { KeyRing } from "../../domain/audit/key-ring.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { LogPort } from "../telemetry/port.ts";
import { createAuditTail } from "./audit-tail.ts";
import type { Db, Engine } from "./engine.ts";
import type { DatabasePort, Repositories } from "./port.ts";
import { aroundRepositories, createRepositories } from "./repositories.ts";
import { createTransactionScope } from "./transaction-scope.ts";
import { isNeverStarted, translateError, unavailable } from "./translate-error.ts";

export type OpeningOptions = {
  readonly name: DatabasePort["engine"];
  readonly openEngine: () => Promise<Engine>;
  readonly auditKeys: KeyRing;
  readonly log: LogPort;
  readonly clock: { now(): Date };
};

type Opened = { readonly engine: Engine; readonly repositories: Repositories };
const STARTS = 3;

/** The port over an engine that is opened by the first use; a failure to open is tried again by the next one. */
export function createDatabaseOn(options: OpeningOptions): DatabasePort {
  const mac = createAuditMac(options.auditKeys);
  const scope = createTransactionScope();
  const tail = createAuditTail(options.log);
  const now = (): Date => options.clock.now();
  let opening: Promise<Opened> | undefined;
  let closed = false;

  const open = async (): Promise<Opened> => {
    if (closed) throw new PortalError("UNAVAILABLE", "database.closed");
    opening ??= scope
      .runOutside(async () => {
        const engine = await options.openEngine();
        const repositories = createRepositories(engine.client, mac, now);
        // The driver calls back from inside whatever transaction was committing.
        const listen = (wake: () => void): Promise<() => Promise<void>> => engine.listen(() => scope.runOutside(wake));
        await tail.start(
          { after: (seq, limit) => repositories.audit.after(seq, limit), listen },
          (await repositories.audit.head())?.seq ?? 0,
        );
        return { engine, repositories };
      })
      .catch((error: unknown) => {
        opening = undefined;
        throw translateError(error);
      });
    return opening;
  };

  const read = aroundRepositories(
    async () => (await open()).repositories,
    async (call) => {
      scope.requireOutside();
      const answer = await translated(call);
      await (await open()).engine.breathe();
      return answer;
    },
  );

  const transaction = async <T>(run: (tx: Repositories) => Promise<T>): Promise<T> => {
    scope.requireOutside();
    const { engine } = await open();
    let ours: unknown;
    const runInside = (db: Db): Promise<T> =>
      scope.runInside(async () => {
        const inside = createRepositories(db, mac, now);
        try {
          return await run(aroundRepositories(() => inside, translated));
        } catch (error) {
          ours = error;
          throw error;
        }
      });
    try {
      return await startedAtLast(() => engine.client.$transaction(runInside));
    } catch (error) {
      throw error === ours ? error : translateError(error);
    } finally {
      await engine.breathe();
    }
  };

  return {
    engine: options.name,
    read,
    transaction,
    inTransaction: () => scope.isInside(),
    onAudit: (listener) => tail.subscribe(listener),
    ready: (signal) => orAbort(open(), signal),
    close: async () => {
      closed = true;
      const opened = await opening?.catch(() => undefined);
      opening = undefined;
      await tail.stop();
      await opened?.engine.close();
    },
  };
}

async function translated(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    throw translateError(error);
  }
}

/** A transaction that never got a connection wrote nothing, and only that is tried again. */
async function startedAtLast<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt === STARTS || !isNeverStarted(error)) throw error;
    }
  }
}

async function orAbort(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const abort = (): void => reject(unavailable("aborted"));
    signal.addEventListener("abort", abort, { once: true });
    work.then(() => resolve(), reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
