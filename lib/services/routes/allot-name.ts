import type { LatticeAccount } from "../../adapters/lattice/port.ts";
import type { RequestId } from "../../domain/ids.ts";
import type { LatticeService } from "../../domain/routes/lattice-facts.ts";
import { allotServiceName, latticeNameKey } from "../../domain/routes/service-name.ts";
import type { Context } from "../context.ts";

/** What a Lattice service will be called; `takenBy` says who holds a name that was asked for, `at` when Lattice said what it holds. */
export type AllottedName = { readonly name: string; readonly takenBy: string | null; readonly at: string | null };
type NameQuestion = {
  readonly account: LatticeAccount;
  readonly team: string;
  readonly name: string;
  /** The name asked for; absent: one is allotted. */
  readonly wanted: string | undefined;
  /** The route has this name already. */
  readonly keeps: boolean;
  readonly own: RequestId | null;
};

const FRESH_MS = 5 * 60_000;
const TRIES = 8;

/**
 * The service name of a route: unique per account and Region, checked against Lattice and the reservations. A name that somebody else's service
 * has is never taken over, because the controller would claim an untagged one for ever (lattice.md §1.4). `UNAVAILABLE` when Lattice must be
 * asked and does not answer.
 */
export async function allotName(ctx: Context, question: NameQuestion): Promise<AllottedName> {
  const { account, team, name, wanted, keeps } = question;
  const known = await servicesOf(ctx, account);
  if (wanted !== undefined) {
    const takenBy = keeps ? null : await holderOf(ctx, question, known.services, wanted);
    return { name: wanted, takenBy, at: known.at };
  }
  const taken = new Set(known.services.map((service) => service.name));
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const allotted = allotServiceName(team, name, (candidate) => taken.has(candidate));
    if ((await reservationOf(ctx, question, allotted)) === null) return { name: allotted, takenBy: null, at: known.at };
    taken.add(allotted);
  }
  return { name: allotServiceName(team, name, (candidate) => taken.has(candidate)), takenBy: null, at: known.at };
}

async function servicesOf(
  ctx: Context,
  account: LatticeAccount,
): Promise<{ readonly services: readonly LatticeService[]; readonly at: string }> {
  const seen = ctx.facts.services(account.id);
  const now = ctx.clock.now();
  if (seen !== null && now.getTime() - seen.at.getTime() < FRESH_MS) return { services: seen.value, at: seen.at.toISOString() };
  const services = await ctx.lattice.listServices(account, { signal: ctx.signal, urgent: true });
  return { services, at: now.toISOString() };
}

// A remembered list may still hold what is gone by now, so a refusal is only given after asking.
async function holderOf(ctx: Context, question: NameQuestion, known: readonly LatticeService[], wanted: string): Promise<string | null> {
  const reserved = await reservationOf(ctx, question, wanted);
  if (reserved !== null) return reserved;
  if (!known.some(({ name }) => name === wanted)) return null;
  const now = await ctx.lattice.listServices(question.account, { signal: ctx.signal, urgent: true });
  return now.find(({ name }) => name === wanted)?.id ?? null;
}

async function reservationOf(ctx: Context, { account, own }: NameQuestion, name: string): Promise<string | null> {
  const { awsAccountId, region } = account;
  const holder = await ctx.db.read.requests.findReservation({ key: latticeNameKey({ awsAccountId, region, name }) });
  return holder === null || holder.id === own ? null : holder.id;
}
