"use client";
import { type AbstractIntlMessages, NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import { type ReactNode, useMemo } from "react";

/** Joins further sentences to those of the pages around it. */
export function MoreMessages({ messages, children }: { readonly messages: AbstractIntlMessages; readonly children: ReactNode }) {
  const base = useMessages();
  const locale = useLocale();
  const joined = useMemo(() => ({ ...base, ...messages }), [base, messages]);
  return (
    <NextIntlClientProvider locale={locale} messages={joined}>
      {children}
    </NextIntlClientProvider>
  );
}
