import type { AuditMac } from "../../domain/audit/audit-mac.ts";
import { auditRepository } from "./audit-repository.ts";
import type { Db } from "./engine.ts";
import { observationRepository } from "./observation-repository.ts";
import { peopleRepository } from "./people-repository.ts";
import type { Repositories } from "./port.ts";
import { requestRepository } from "./request-repository.ts";
import { stepRepository } from "./step-repository.ts";
import { tenancyRepository } from "./tenancy-repository.ts";
import { transitionRepository } from "./transition-repository.ts";
import { wallRepository } from "./wall-repository.ts";

export function createRepositories(db: Db, mac: AuditMac, now: () => Date): Repositories {
  return {
    people: peopleRepository(db),
    tenancy: tenancyRepository(db, now),
    requests: requestRepository(db),
    steps: stepRepository(db),
    audit: auditRepository(db, mac),
    transitions: transitionRepository(db),
    observations: observationRepository(db),
    wall: wallRepository(db),
  };
}

type Call = () => Promise<unknown>;

/** The same repositories with every call going through `around`: guards, late opening and the translation of errors are written once. */
export function aroundRepositories(
  get: () => Repositories | Promise<Repositories>,
  around: (call: Call) => Promise<unknown>,
): Repositories {
  const names = ["people", "tenancy", "requests", "steps", "audit", "transitions", "observations", "wall"] as const;
  const wrapped = names.map((name) => [
    name,
    new Proxy(
      {},
      {
        get:
          (_, method) =>
          (...values: unknown[]) =>
            around(async () => callMethod((await get())[name], method, values)),
      },
    ),
  ]);
  return asRepositories(Object.fromEntries(wrapped));
}

function callMethod(repository: Repositories[keyof Repositories], method: string | symbol, values: readonly unknown[]): unknown {
  const found: unknown = Reflect.get(repository, method);
  if (typeof found !== "function") throw new TypeError(`no repository method ${String(method)}`);
  return Reflect.apply(found, repository, values);
}

// Safe: each proxy hands every method name on to the repository of that name, whose methods all return promises.
function asRepositories(wrapped: unknown): Repositories {
  return wrapped as Repositories;
}
