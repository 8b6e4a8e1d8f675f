"use client";
import { MonitorX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { apiPaths } from "../../lib/paths.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { Status } from "../ui/status.tsx";

type State = "opening" | "noLink" | "spent" | "tooOften" | "silent";

/** Takes the token out of the address before anything else, exchanges it once, and leaves for the map. */
export function OpenWall() {
  const t = useTranslations("uiWall");
  const [state, setState] = useState<State>("opening");
  const started = useRef(false);
  const open = useEffectEvent(async (token: string) => {
    if (token === "") return setState("noLink");
    setState(await exchange(token));
  });
  // Synchronises with the address bar: the token must be out of it, and out of the history, at once.
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    const token = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
    void open(token);
  }, []);
  return (
    <main id="main" className="grid min-h-screen place-items-center bg-surface p-5">
      {state === "opening" ? (
        <p role="status">
          <Status glyph="progressing">{t("opening")}</Status>
        </p>
      ) : (
        <div role="alert" className="max-w-[44em]">
          <h1 className="sr-only">{t("title")}</h1>
          <EmptyState icon={MonitorX} title={t(`${state}.title`)}>
            {t(`${state}.text`)}
          </EmptyState>
        </div>
      )}
      <noscript>{t("noScript")}</noscript>
    </main>
  );
}

/** Leaves the page when it works. */
async function exchange(token: string): Promise<State> {
  const response = await fetch(apiPaths.wall(), {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify({ token }),
    cache: "no-store",
    signal: AbortSignal.timeout(30_000),
  }).catch(() => null);
  if (response === null) return "silent";
  if (response.status === 429) return "tooOften";
  if (response.status >= 500) return "silent";
  const next = readNext(await response.json().catch(() => null));
  if (!response.ok || next === null) return "spent";
  location.replace(next);
  return "opening";
}

/** Only ever an address of our own. */
function readNext(answer: unknown): string | null {
  if (typeof answer !== "object" || answer === null || !("next" in answer)) return null;
  return typeof answer.next === "string" && answer.next.startsWith("/topology") ? answer.next : null;
}
