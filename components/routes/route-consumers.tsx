"use client";
import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { useJoined } from "../ui/use-joined.ts";
import type { ShownRoute } from "./route-data.ts";
import { clusterName } from "./route-words.ts";

/** Who calls, and whether each of them can reach it. Never blended with health; what cannot be read is said. */
export function RouteConsumers({
  route: { namespace, name, consumers },
}: {
  readonly route: Pick<ShownRoute, "namespace" | "name" | "consumers">;
}) {
  const t = useTranslations("uiRoutes.consumers");
  const joined = useJoined();
  return (
    <Section title={t("title")} note={t("hint")}>
      {consumers.length === 0 ? (
        <EmptyState icon={Users} title={t("empty")} />
      ) : (
        <ul aria-label={t("title")} className="text-table">
          {consumers.map((consumer) => (
            <li
              key={`${consumer.name} ${consumer.cluster ?? ""} ${consumer.words}`}
              className="grid grid-cols-[minmax(0,10rem)_minmax(0,1fr)] gap-x-3 border-line-soft border-b py-2 last:border-b-0 max-md:grid-cols-1"
            >
              <div className="min-w-0">
                <b className="font-medium [overflow-wrap:anywhere]">{consumer.name}</b>
                <small className="block text-caption text-muted [overflow-wrap:anywhere]">
                  {joined([consumer.team, consumer.cluster === null ? null : clusterName(consumer.cluster), consumer.vpcId])}
                </small>
              </div>
              <div className="min-w-0">
                <Status glyph={consumer.glyph}>{t(`reachable.${consumer.reachable}`)}</Status>
                <p className="[overflow-wrap:anywhere]">{consumer.words}</p>
                <p className="text-caption text-muted [overflow-wrap:anywhere]">{consumer.sentence}</p>
                {consumer.notChecked.length > 0 && <p className="text-caption text-faint">{consumer.notChecked.join(" ")}</p>}
                {consumer.cluster !== null && (
                  <p className="text-caption">
                    <Link href={paths.reach({ caller: callerOf(consumer.cluster), service: `${namespace}/${name}` })} className="link">
                      {t("why")} <span className="sr-only">{consumer.name}</span>
                    </Link>
                  </p>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** `mgmt/team-shop/storefront` as a caller in the words of the address. */
function callerOf(cluster: string): string {
  return `cluster/${cluster.split("/").slice(-2).join("/")}`;
}
