"use client";
import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import { Kbd } from "../ui/kbd.tsx";
import { PageLinks } from "../ui/page-links.tsx";
import { type ClusterListFilter, toClusterListSearch } from "./cluster-list-filter.ts";
import { WatchAges } from "./watch-ages.tsx";

type Props = { readonly filter: ClusterListFilter; readonly shown: number; readonly total: number; readonly nextCursor: string | null };

/** How much is shown, how old the evidence of each management cluster is, the keys, and the way to the next page. */
export function ClusterListFoot({ filter, shown, total, nextCursor }: Props) {
  const t = useTranslations("uiClusters.list");
  const href = (cursor: string) => `${paths.clusters()}${toClusterListSearch({ ...filter, cursor })}`;
  return (
    <div className="flex flex-wrap items-center gap-3 py-3 text-caption text-muted">
      <span className="tabular-nums">{t("ofTotal", { count: shown, total })}</span>
      <WatchAges />
      <span className="ml-auto flex items-center gap-1.5">
        <span className="flex items-center gap-1 max-md:hidden">
          <Kbd>J</Kbd> <Kbd>K</Kbd> {t("hintMove")} <Kbd>X</Kbd> {t("hintSelect")} <Kbd>↵</Kbd> {t("hintOpen")}
        </span>
        <PageLinks
          first={filter.cursor === "" ? null : { href: href(""), label: t("first") }}
          next={nextCursor === null ? null : { href: href(nextCursor), label: t("next") }}
        />
      </span>
    </div>
  );
}
