"use client";
import { useTranslations } from "next-intl";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import type { RouteState } from "../../lib/domain/routes/route-view.ts";
import { Status } from "../ui/status.tsx";

type Props = { readonly state: RouteState; readonly stuck: boolean; readonly glyph: Glyph };

/** The state of a route as shape and word: "Provisioning, stuck". */
export function RouteWord({ state, stuck, glyph }: Props) {
  const t = useTranslations("uiRoutes.state");
  return <Status glyph={glyph}>{stuck ? t("stuck", { state: t(state) }) : t(state)}</Status>;
}
