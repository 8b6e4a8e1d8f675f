"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ShownError } from "../../lib/domain/action-result.ts";
import { askPlan, type ShownPlan } from "./ask-plan.ts";
import { useDebounced } from "./use-debounced.ts";

/** The plan of the last input that had one, and what is wrong with the newest. */
export type LivePlan = { readonly plan: ShownPlan | null; readonly problem: ShownError | null; readonly asking: boolean };

const STILL_MS = 400;

/** Asks for the plan once typing has stood still; a newer question aborts the older. `body` is the request as JSON, null while there is too little of it. */
export function useLivePlan(body: string | null): LivePlan {
  const t = useTranslations("uiForm.plan");
  const settled = useDebounced(body ?? "", STILL_MS);
  const [lastPlan, setLastPlan] = useState<ShownPlan | null>(null);
  const { data, isFetching } = useQuery({
    queryKey: ["plan", settled],
    enabled: settled !== "",
    queryFn: ({ signal }) => askPlan(settled, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 30_000,
    retry: false,
  });
  const plan = data?.ok === true ? data.plan : null;
  if (plan !== null && plan !== lastPlan) setLastPlan(plan);
  const asking = isFetching || (body ?? "") !== settled;
  if (body === null) return { plan: null, problem: null, asking: false };
  if (data === null) return { plan: lastPlan, problem: { code: "UNAVAILABLE", key: "plan", message: t("late"), ref: "" }, asking };
  if (data?.ok === false) return { plan: lastPlan, problem: data.error, asking };
  return { plan: lastPlan, problem: null, asking };
}
