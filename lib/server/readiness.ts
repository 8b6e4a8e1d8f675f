export type ReadinessPart = "migrations" | "bootstrap" | "watches";
export type PartState = { readonly done: boolean; readonly detail: string };
export type ReadinessReport = { readonly ready: boolean; readonly parts: Readonly<Record<ReadinessPart, PartState>> };

/** What still has to happen before the portal may be sent traffic; `/api/readyz` says it in words of ours, never with an outside error's text. */
export type Readiness = { set(part: ReadinessPart, state: PartState): void; report(): ReadinessReport };

export function createReadiness(): Readiness {
  const parts: Record<ReadinessPart, PartState> = {
    migrations: { done: false, detail: "waiting" },
    bootstrap: { done: false, detail: "waiting" },
    watches: { done: false, detail: "waiting" },
  };
  return {
    set: (part, state) => {
      parts[part] = state;
    },
    report: () => ({ ready: Object.values(parts).every(({ done }) => done), parts: { ...parts } }),
  };
}
