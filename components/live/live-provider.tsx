"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from "react";
import { apiPaths, paths } from "../../lib/paths.ts";
import { createLiveRegistry, type LiveRegistry } from "./live-registry.ts";
import { type LiveState, LiveStateStore } from "./live-state.ts";
import { startLiveTab } from "./live-tab.ts";
import { queryClientOf } from "./query-client.ts";

const LEAVING_MS = 2000;
const RegistryContext = createContext<LiveRegistry | null>(null);

type Props = {
  /** Names the lock and the channel. */
  readonly session: string;
  /** Where to go when the session is over; a screen has no sign-in and reads its page again. */
  readonly whenOver?: "sign-in" | "reload";
  readonly children: ReactNode;
};

/** The one cache of a tab and the one stream of a browser. */
export function LiveProvider({ session, whenOver = "sign-in", children }: Props) {
  const router = useRouter();
  const [client] = useState(queryClientOf);
  const [registry] = useState(() => createLiveRegistry(client));
  const onEnd = useEffectEvent((reason: "session" | "rights" | "shutdown") => {
    // Whoever signs out in this tab is on her way to the provider now: a second navigation would cancel that one.
    if (reason === "session")
      setTimeout(() => {
        if (whenOver === "reload") location.reload();
        else location.assign(paths.signIn({ next: location.pathname + location.search }));
      }, LEAVING_MS);
    if (reason !== "rights") return;
    router.refresh();
    registry.readAll();
  });
  useEffect(() => {
    const say = (change: Partial<LiveState>) => LiveStateStore.set(change);
    const started = startLiveTab({
      name: `trellis-live-${session}`,
      openSource: (topics) => new EventSource(apiPaths.live(topics)),
      onEvent: (id, event) => {
        say({ status: "live", heardAt: Date.now() });
        registry.onEvent(id, event);
      },
      onFresh: registry.onFresh,
      onTick: () => say({ status: "live", heardAt: Date.now() }),
      onStatus: (status) => say(status === "live" ? { status, heardAt: Date.now() } : { status }),
      onEnd,
    });
    const disconnect = registry.connect(started.setTopics);
    const hide = () => started.stop();
    const show = (event: PageTransitionEvent) => {
      if (event.persisted) location.reload();
    };
    addEventListener("pagehide", hide);
    addEventListener("pageshow", show);
    return () => {
      removeEventListener("pagehide", hide);
      removeEventListener("pageshow", show);
      disconnect();
      started.stop();
    };
  }, [registry, session]);
  return (
    <QueryClientProvider client={client}>
      <RegistryContext value={registry}>{children}</RegistryContext>
    </QueryClientProvider>
  );
}

export function useLiveRegistry(): LiveRegistry | null {
  return useContext(RegistryContext);
}
