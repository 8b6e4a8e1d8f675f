"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { Message } from "../../lib/domain/message.ts";

/** Sentences of rules that also run in the browser. Everything else comes translated from a door; the namespace of the key must be among the area's. */
export function useMessage(): (message: Message) => string {
  const t = useTranslations();
  return useCallback(
    function say({ messageKey, values }: Message): string {
      const spoken = Object.entries(values).map(([name, value]) => [name, typeof value === "object" ? say(value) : value] as const);
      return t(messageKey, Object.fromEntries(spoken));
    },
    [t],
  );
}
