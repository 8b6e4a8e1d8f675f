"use client";
import { useTranslations } from "next-intl";
import { CommandTwin } from "../ui/command-twin.tsx";
import { routeCommands, routeListCommands } from "./route-commands.ts";
import type { ShownRouteRow } from "./route-data.ts";

type Props = { readonly origin: string; readonly query: Readonly<Record<string, string>>; readonly selected: readonly ShownRouteRow[] };

/** The command twin of the list, or of what is selected in it; loaded when it is asked for. */
export function RouteListCommands({ origin, query, selected }: Props) {
  const t = useTranslations("uiRoutes.list");
  const lines = selected.length > 0 ? selected.flatMap((row) => routeCommands(origin, row)) : routeListCommands(origin, query);
  return <CommandTwin label={t("commandTitle")} lines={lines} />;
}
