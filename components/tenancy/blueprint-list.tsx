import { Layers } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { BlueprintData } from "../../lib/domain/clusters/blueprint.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { PlainTable } from "../ui/plain-table.tsx";
import { Status } from "../ui/status.tsx";
import { Tag } from "../ui/tag.tsx";

type Blueprint = {
  readonly id: string;
  readonly version: number;
  readonly withdrawn: boolean;
  readonly policy: string;
  readonly data: Pick<BlueprintData, "title" | "summary" | "usualMinutes">;
};

/** The recipes for clusters, each with its version and the policy that decides it. */
export function BlueprintList({ blueprints }: { readonly blueprints: readonly Blueprint[] }) {
  const t = useTranslations("uiSettings.blueprints");
  const locale = useLocale() === "ja" ? "ja" : "en";
  if (blueprints.length === 0) return <EmptyState icon={Layers} title={t("empty")} />;
  return (
    <PlainTable
      label={t("label")}
      columns={[
        { id: "title", header: t("blueprint"), width: "w-[22%]" },
        { id: "summary", header: t("summary") },
        { id: "usual", header: t("usual"), width: "w-[14%]", narrow: "right" },
        { id: "policy", header: t("policy"), width: "w-[18%]" },
        { id: "state", header: t("state"), width: "w-[12%]", narrow: "right" },
      ]}
      rows={blueprints.map((blueprint) => ({
        key: blueprint.id,
        cells: {
          title: (
            <>
              {blueprint.data.title[locale]} <Tag>v{blueprint.version}</Tag>
              <small className="block font-mono font-normal text-caption text-muted">{blueprint.id}</small>
            </>
          ),
          summary: <span className="text-muted">{blueprint.data.summary[locale]}</span>,
          usual: t("minutes", blueprint.data.usualMinutes),
          policy: <code>{blueprint.policy}</code>,
          state: <Status glyph={blueprint.withdrawn ? "closed" : "ok"}>{blueprint.withdrawn ? t("withdrawn") : t("published")}</Status>,
        },
      }))}
    />
  );
}
