import { randomUUID } from "node:crypto";
import { z } from "zod";
import { matchesName, NamePattern } from "./name-pattern.ts";

/**
 * What is to go wrong. Of the faults that fit a call the first in the list decides; one that only delays lets the next ones speak too.
 * `resource`: the name of a service, network or target group that the call names by id or ARN, at any depth.
 * `argument`: a text that occurs in the call's arguments as JSON, or top-level members and their values. `skip`: how many fitting calls
 * pass first. `times`: how many calls it spoils; null: all until it is taken out. `delayMs` is real time.
 * `network`: `reset` closes the connection, `silent` never answers, `reset-after` does the work and then closes the connection.
 */
export const LatticeFault = z
  .strictObject({
    id: z.string().min(1).optional(),
    operation: NamePattern.default("*"),
    caller: NamePattern.default("*"),
    resource: NamePattern.optional(),
    argument: z.union([z.string().min(1), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))]).optional(),
    skip: z.int().min(0).default(0),
    times: z.nullable(z.int().min(1)).default(null),
    delayMs: z.int().min(0).default(0),
    status: z.int().min(400).max(599).optional(),
    type: z.string().min(1).optional(),
    message: z.string().optional(),
    retryAfterSeconds: z.int().min(0).optional(),
    network: z.enum(["reset", "silent", "reset-after"]).optional(),
  })
  .refine((fault) => (fault.status === undefined) === (fault.type === undefined), "status and type belong together")
  .refine((fault) => fault.status === undefined || fault.network === undefined, "either an answer or no answer")
  .refine((fault) => fault.status !== undefined || fault.network !== undefined || fault.delayMs > 0, "the fault does nothing");
export type LatticeFault = z.input<typeof LatticeFault>;
export type SetLatticeFault = z.output<typeof LatticeFault> & { readonly id: string };

type FaultyCall = {
  readonly operation: string;
  readonly caller: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly resourceNames: () => readonly string[];
};

export function createFaultList() {
  let faults: SetLatticeFault[] = [];
  return {
    list: (): readonly SetLatticeFault[] => faults,
    /** Puts a fault at the end; one with a known id takes the old one's place. */
    put: (fault: z.output<typeof LatticeFault>): string => {
      const set = { ...fault, id: fault.id ?? randomUUID() };
      const known = faults.some(({ id }) => id === set.id);
      faults = known ? faults.map((one) => (one.id === set.id ? set : one)) : [...faults, set];
      return set.id;
    },
    remove: (id: string) => {
      faults = faults.filter((one) => one.id !== id);
    },
    clear: () => {
      faults = [];
    },
    /** The faults that this call meets, in order: delays, then at most one that decides. Each is counted as used. */
    meet: (call: FaultyCall): SetLatticeFault[] => {
      const met: SetLatticeFault[] = [];
      for (const fault of faults) {
        if (!fits(fault, call)) continue;
        if (fault.skip > 0) {
          replace(fault, { ...fault, skip: fault.skip - 1 });
          continue;
        }
        met.push(fault);
        if (fault.times !== null) replace(fault, fault.times > 1 ? { ...fault, times: fault.times - 1 } : null);
        if (fault.status !== undefined || fault.network !== undefined) break;
      }
      return met;
    },
  };

  function replace(fault: SetLatticeFault, by: SetLatticeFault | null): void {
    faults = faults.flatMap((one) => (one.id !== fault.id ? [one] : by ? [by] : []));
  }
}
export type FaultList = ReturnType<typeof createFaultList>;

function fits(fault: SetLatticeFault, call: FaultyCall): boolean {
  if (!matchesName(fault.operation, call.operation) || !matchesName(fault.caller, call.caller)) return false;
  const { argument, resource } = fault;
  if (resource !== undefined && !call.resourceNames().some((name) => matchesName(resource, name))) return false;
  if (argument === undefined) return true;
  if (typeof argument === "string") return JSON.stringify(call.arguments).includes(argument);
  return Object.entries(argument).every(([member, value]) => call.arguments[member] === value);
}
