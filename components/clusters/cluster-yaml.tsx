"use client";
import { Download, FileCode } from "lucide-react";
import { useTranslations } from "next-intl";
import { apiPaths } from "../../lib/paths.ts";
import { buttonStyle } from "../ui/button-style.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { Section } from "../ui/section.tsx";
import { YamlView } from "../ui/yaml-view.tsx";

type Props = { readonly namespace: string; readonly name: string /** All objects as one YAML stream. */; readonly yaml: string };

/** The objects as they are, without what Trellis does not own; to read and to take away. */
export function ClusterYaml({ namespace, name, yaml }: Props) {
  const t = useTranslations("uiClusters.page");
  if (yaml.trim() === "") return <EmptyState icon={FileCode} title={t("yamlEmpty")} />;
  return (
    <Section
      title={t("tab.yaml")}
      note={t("yamlHint")}
      aside={
        <a href={apiPaths.clusterManifests(namespace, name)} download={`${name}.yaml`} className={buttonStyle("quiet", "small", false)}>
          <Download size={14} aria-hidden="true" />
          {t("yamlDownload")}
        </a>
      }
    >
      <div className="pt-3">
        <YamlView yaml={yaml} label={t("tab.yaml")} maxHeight={false} />
      </div>
    </Section>
  );
}
