"use client";
import { FileCode } from "lucide-react";
import { useTranslations } from "next-intl";
import { Banner } from "../ui/banner.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ManifestStream } from "../ui/manifest-stream.tsx";

type Destination = { readonly destination: string; readonly manifests: string; readonly problem: string | null };

/** The objects of a route, cluster by cluster: the provider's half and the management cluster's half. */
export function RouteYaml({ destinations }: { readonly destinations: readonly Destination[] }) {
  const t = useTranslations("uiRoutes.page");
  if (destinations.length === 0) return <EmptyState icon={FileCode} title={t("noObjects")} />;
  return (
    <div className="grid gap-8">
      {destinations.map(({ destination, manifests, problem }) => (
        <div key={destination} className="min-w-0">
          {problem !== null && (
            <Banner glyph="unknown" title={destination}>
              {problem}
            </Banner>
          )}
          {manifests !== "" && <ManifestStream yaml={manifests} place={destination} />}
        </div>
      ))}
    </div>
  );
}
