"use client";
import { History, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import { Age } from "../ui/age.tsx";
import { ButtonLink } from "../ui/button-link.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { Section } from "../ui/section.tsx";
import { Tag } from "../ui/tag.tsx";
import type { ShownRoute } from "./route-data.ts";

/** Every delivered version. Going back is a new request, filled with that version's content, and needs its own approval. */
export function RouteVersions({ route }: { readonly route: ShownRoute }) {
  const t = useTranslations("uiRoutes.versions");
  if (route.versions.length === 0)
    return (
      <EmptyState icon={History} title={t("empty")}>
        {t("emptyText")}
      </EmptyState>
    );
  return (
    <Section title={t("title")} note={t("hint")}>
      <ol aria-label={t("title")} className="text-table">
        {route.versions.map((version) => (
          <li
            key={version.request}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3 border-line-soft border-b py-2.5 last:border-b-0 max-md:grid-cols-1"
          >
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-x-2">
                <b className="font-medium">{version.summary}</b> {version.current && <Tag>{t("current")}</Tag>}
              </p>
              <small className="text-caption text-muted">
                <Link href={paths.request(version.request)} className="link">
                  {version.request}
                </Link>{" "}
                {version.by !== null && `${version.by} · `}
                <Age at={version.at} />
              </small>
            </div>
            {!version.current && route.can.change && (
              <ButtonLink
                href={paths.changeRoute(route.namespace, route.name, { version: version.request })}
                size="small"
                icon={<Undo2 size={14} aria-hidden="true" />}
              >
                {t("return")}
              </ButtonLink>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
