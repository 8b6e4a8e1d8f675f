import type { JsonObject } from "../../domain/json.ts";
import { AttentionFact } from "../../domain/routes/attention-fact.ts";
import type { Fact } from "./fact-store.ts";

/** Another replica's attention counts so long after it said so; it says so again every ten seconds. */
const REMOTE_MS = 30_000;
/** Whoever wanted a service longer ago than this has looked elsewhere. */
const WANT_MS = 120_000;
const PREFIX = "attention/";

type Remote = { readonly attended: boolean; readonly wantedAt: Date | null; readonly at: Date };

/** Which services somebody waits for, here and in other replicas: only one replica polls, and pages are open on all of them. */
export function createAttention({
  clock,
  replica,
  onChange,
}: {
  readonly clock: { now(): Date };
  readonly replica: string;
  readonly onChange: (account: string) => void;
}) {
  const pages = new Map<string, Map<string, number>>();
  const wants = new Map<string, Map<string, Date>>();
  const remote = new Map<string, Map<string, Remote>>();

  const of = <Value>(maps: Map<string, Map<string, Value>>, account: string): Map<string, Value> => {
    const found = maps.get(account) ?? new Map<string, Value>();
    maps.set(account, found);
    return found;
  };
  const isRecent = (at: Date, ms: number) => clock.now().getTime() - at.getTime() < ms;

  function want(account: string, serviceName: string): void {
    of(wants, account).set(serviceName, clock.now());
    onChange(account);
  }

  return {
    isAttention: (source: string) => source.startsWith(PREFIX),
    want,
    attend: (account: string, serviceName: string): (() => void) => {
      const counts = of(pages, account);
      counts.set(serviceName, (counts.get(serviceName) ?? 0) + 1);
      want(account, serviceName);
      let isOpen = true;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        const left = (counts.get(serviceName) ?? 1) - 1;
        if (left > 0) counts.set(serviceName, left);
        else counts.delete(serviceName);
      };
    },
    attended: (account: string): ReadonlySet<string> => {
      const names = new Set(of(pages, account).keys());
      for (const [key, { attended, at }] of of(remote, account)) if (attended && isRecent(at, REMOTE_MS)) names.add(nameIn(key));
      return names;
    },
    wanted: (account: string): ReadonlyMap<string, Date> => {
      const all = new Map<string, Date>();
      const add = (name: string, at: Date) => {
        if (isRecent(at, WANT_MS) && (all.get(name) ?? at) <= at) all.set(name, at);
      };
      for (const [name, at] of of(wants, account)) add(name, at);
      for (const [key, { wantedAt }] of of(remote, account)) if (wantedAt !== null) add(nameIn(key), wantedAt);
      return all;
    },
    /** False when the row is malformed. Our own rows come back from the database too. */
    take({ source, key, data, at }: Fact): boolean {
      const account = source.slice(PREFIX.length);
      if (key.startsWith(`${replica}/`)) return true;
      if (data === null) {
        of(remote, account).delete(key);
        return true;
      }
      const parsed = AttentionFact.safeParse(data);
      if (!parsed.success) return false;
      const { attended, wantedAt } = parsed.data;
      of(remote, account).set(key, { attended, wantedAt: wantedAt === null ? null : new Date(wantedAt), at });
      onChange(account);
      return true;
    },
    facts: (): readonly Fact[] => {
      const at = clock.now();
      forget(wants, (wantedAt) => isRecent(wantedAt, WANT_MS));
      forget(remote, (shared) => isRecent(shared.at, WANT_MS));
      return [...new Set([...pages.keys(), ...wants.keys()])].flatMap((account) => {
        const names = new Set([...of(pages, account).keys(), ...of(wants, account).keys()]);
        return [...names].map((name): Fact => {
          const data: JsonObject = {
            attended: of(pages, account).has(name),
            wantedAt: of(wants, account).get(name)?.toISOString() ?? null,
          };
          return { source: `${PREFIX}${account}`, key: `${replica}/${name}`, data, at };
        });
      });
    },
  };
}

function forget<Value>(maps: Map<string, Map<string, Value>>, keep: (value: Value) => boolean): void {
  for (const map of maps.values()) for (const [key, value] of map) if (!keep(value)) map.delete(key);
}

function nameIn(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}
