"use client";
import { PlugZap } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import type { ShownRoute } from "./route-data.ts";

const AskToCallDialog = dynamic(() => import("./ask-to-call-dialog.tsx").then((module) => module.AskToCallDialog), { ssr: false });

type Props = {
  readonly route: Pick<ShownRoute, "namespace" | "name" | "team">;
  readonly ownTeams: readonly string[];
  /** Why the reader may not ask; null: she may. */
  readonly refusal: string | null;
  readonly isMain: boolean;
};

/** The one way to ask the owner to let another caller in, wherever a route is shown. */
export function AskToCall({ route, ownTeams, refusal, isMain }: Props) {
  const t = useTranslations("uiRoutes.page");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant={isMain ? "primary" : "default"}
        icon={<PlugZap size={16} aria-hidden="true" />}
        refusal={refusal}
        onClick={() => setOpen(true)}
      >
        {t("ask")}
      </Button>
      {open && <AskToCallDialog route={route} teams={ownTeams.filter((team) => team !== route.team)} onClose={() => setOpen(false)} />}
    </>
  );
}
