"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  approveRequestAction,
  commentOnRequestAction,
  rejectRequestAction,
  resubmitRequestAction,
  retryRequestAction,
  sendBackRequestAction,
  withdrawRequestAction,
} from "../../lib/actions/requests.ts";
import type { ActionResult } from "../../lib/domain/action-result.ts";
import { queryKeys } from "../live/query-keys.ts";
import { shortHash } from "../ui/short-hash.tsx";
import { useToaster } from "../ui/toast.tsx";
import type { ShownRequest } from "./request-data.ts";

type DoorName = "approve" | "sendBack" | "reject" | "withdraw" | "resubmit" | "retry" | "comment";
type After = () => void;

/** Everything a person can do with one request. Each door puts the answered view into the cache and says what happened. */
export type RequestDoors = {
  readonly isBusy: (door: DoorName) => boolean;
  readonly approve: (comment: string) => void;
  readonly sendBack: (comment: string, after: After) => void;
  readonly reject: (reason: string, after: After) => void;
  readonly withdraw: (after: After) => void;
  readonly resubmitAsIs: () => void;
  readonly retry: () => void;
  readonly comment: (text: string, after: After) => void;
};

export function useRequestDoors(request: ShownRequest): RequestDoors {
  const t = useTranslations("uiRequests.decide");
  const cache = useQueryClient();
  const toaster = useToaster();
  const [underWay, setUnderWay] = useState<ReadonlySet<DoorName>>(new Set());
  const { id, contentHash } = request;

  // One decision at a time: a second one while the first is under way would only be refused. A comment decides nothing and holds up nobody.
  const run = async (
    name: DoorName,
    call: () => Promise<ActionResult<ShownRequest>>,
    done: (view: ShownRequest) => string,
    after: After = () => {},
  ) => {
    if (name === "comment" ? underWay.has(name) : [...underWay].some((door) => door !== "comment")) return;
    setUnderWay((doors) => new Set([...doors, name]));
    const result = await call().catch(() => null);
    setUnderWay((doors) => new Set([...doors].filter((door) => door !== name)));
    if (result === null) return toaster.failed(t("failedTitle"), t("unreachable"));
    if (!result.ok) {
      toaster.failed(
        t("failedTitle"),
        [result.error.message, result.error.raw, ...(result.error.fields ?? []).map(({ message }) => message)]
          .filter((text) => text !== undefined)
          .join(" "),
      );
      await cache.invalidateQueries({ queryKey: queryKeys.request(id).key });
      return;
    }
    // An answer that was asked for before must not arrive over this one.
    await cache.cancelQueries({ queryKey: queryKeys.request(id).key, exact: true });
    cache.setQueryData(queryKeys.request(id).key, result.data);
    toaster.done(done(result.data));
    after();
  };

  return {
    isBusy: (door) => underWay.has(door),
    approve: (comment) =>
      void run(
        "approve",
        () => approveRequestAction({ id, contentHash, ...(comment === "" ? {} : { comment }) }),
        () => t("toastApproved", { id, hash: shortHash(contentHash) }),
      ),
    sendBack: (comment, after) =>
      void run(
        "sendBack",
        () => sendBackRequestAction({ id, comment }),
        () => t("toastSentBack", { id }),
        after,
      ),
    reject: (reason, after) =>
      void run(
        "reject",
        () => rejectRequestAction({ id, reason }),
        () => t("toastRejected", { id }),
        after,
      ),
    withdraw: (after) =>
      void run(
        "withdraw",
        () => withdrawRequestAction({ id }),
        () => t("toastWithdrawn", { id }),
        after,
      ),
    resubmitAsIs: () =>
      void run(
        "resubmit",
        () => resubmitRequestAction({ id, input: request.input }),
        (view) => t("toastResubmitted", { id, revision: view.revision }),
      ),
    retry: () =>
      void run(
        "retry",
        () => retryRequestAction({ id }),
        () => t("toastRetried", { id }),
      ),
    comment: (text, after) =>
      void run(
        "comment",
        () => commentOnRequestAction({ id, text }),
        () => t("toastCommented", { id }),
        after,
      ),
  };
}
