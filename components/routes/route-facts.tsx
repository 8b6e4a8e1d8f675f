"use client";
import { useTranslations } from "next-intl";
import { Age } from "../ui/age.tsx";
import { Facts } from "../ui/facts.tsx";
import { Section } from "../ui/section.tsx";
import { UserText } from "../ui/user-text.tsx";
import type { ShownRoute } from "./route-data.ts";

/** Names, addresses and settings of a route, and how to call it. */
export function RouteFacts({ route }: { readonly route: ShownRoute }) {
  const t = useTranslations("uiRoutes.facts");
  const visibility = useTranslations("uiRoutes.visibility");
  const code = (value: string | null) => (value === null ? null : <code>{value}</code>);
  return (
    <Section title={t("title")}>
      <div className="pt-2.5">
        <Facts
          rows={[
            { label: t("owner"), value: route.team },
            { label: t("description"), value: route.description === null ? null : <UserText>{route.description}</UserText> },
            { label: t("serviceName"), value: code(route.serviceName) },
            { label: t("domain"), value: code(route.domainName) },
            { label: t("hostname"), value: code(route.hostname) },
            { label: t("url"), value: code(route.url) },
            { label: t("network"), value: route.network },
            { label: t("managementCluster"), value: code(route.managementCluster) },
            { label: t("visibility"), value: visibility(route.visibility) },
            {
              label: t("accessLogs"),
              value: route.limited ? null : route.accessLogs === null ? (
                <span className="text-muted">{t("noAccessLogs")}</span>
              ) : (
                <>
                  <code>{route.accessLogs.destinationArn}</code>
                  <small className="block text-caption text-muted">{t(route.accessLogs.active ? "logsActive" : "logsNotYet")}</small>
                </>
              ),
            },
            { label: t("created"), value: route.createdAt === null ? null : <Age at={route.createdAt} /> },
            { label: t("requestedBy"), value: route.requestedBy },
          ]}
        />
      </div>
    </Section>
  );
}

/** What a caller must do: one sentence each. */
export function HowToCall({ sentences }: { readonly sentences: readonly string[] }) {
  const t = useTranslations("uiRoutes.facts");
  if (sentences.length === 0) return null;
  return (
    <Section title={t("howToCall")}>
      <ol className="grid list-decimal gap-1.5 pt-2.5 pl-5 text-table [overflow-wrap:anywhere]">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
    </Section>
  );
}
