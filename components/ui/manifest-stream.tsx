"use client";
import { Download, FileCode } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonStyle } from "./button-style.ts";
import { EmptyState } from "./empty-state.tsx";
import { Section } from "./section.tsx";
import { YamlView } from "./yaml-view.tsx";

type Props = {
  /** All objects of one cluster as one YAML stream. */
  readonly yaml: string;
  /** Where they stand; absent when there is only one place. */
  readonly place?: string;
  /** The door to take them from, and the name of the file. */
  readonly download?: { readonly href: string; readonly file: string };
};

/** The objects as they are, without what Trellis does not own; to read and to take away. */
export function ManifestStream({ yaml, place, download }: Props) {
  const t = useTranslations("uiObject");
  if (yaml.trim() === "") return <EmptyState icon={FileCode} title={t("yamlEmpty")} />;
  return (
    <Section
      title={place ?? t("yaml")}
      note={t("yamlHint")}
      aside={
        download !== undefined && (
          <a href={download.href} download={download.file} className={buttonStyle("quiet", "small", false)}>
            <Download size={14} aria-hidden="true" />
            {t("yamlDownload")}
          </a>
        )
      }
    >
      <div className="pt-3">
        <YamlView yaml={yaml} label={place ?? t("yaml")} maxHeight={false} />
      </div>
    </Section>
  );
}
