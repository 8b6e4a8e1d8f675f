"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Kbd } from "./kbd.tsx";
import { PageLinks } from "./page-links.tsx";

type Props = {
  readonly shown: number;
  readonly total: number;
  readonly firstHref: string | null;
  readonly nextHref: string | null;
  /** How old the evidence is. */
  readonly children: ReactNode;
};

/** How much is shown, how old the evidence is, the keys, and the way to the next page. */
export function ListFoot({ shown, total, firstHref, nextHref, children }: Props) {
  const t = useTranslations("uiList");
  return (
    <div className="flex flex-wrap items-center gap-3 py-3 text-caption text-muted">
      <span className="tabular-nums">{t("ofTotal", { count: shown, total })}</span>
      {children}
      <span className="ml-auto flex items-center gap-1.5">
        <span className="flex items-center gap-1 max-md:hidden">
          <Kbd>J</Kbd> <Kbd>K</Kbd> {t("hintMove")} <Kbd>X</Kbd> {t("hintSelect")} <Kbd>↵</Kbd> {t("hintOpen")}
        </span>
        <PageLinks
          first={firstHref === null ? null : { href: firstHref, label: t("first") }}
          next={nextHref === null ? null : { href: nextHref, label: t("next") }}
        />
      </span>
    </div>
  );
}
