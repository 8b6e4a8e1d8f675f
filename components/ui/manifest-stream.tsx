"use client";
import { Download, FileCode } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonStyle } from "./button-style.ts";
import { EmptyState } from "./empty-state.tsx";
import { Section } from "./section.tsx";
import { YamlView } from "./yaml-view.tsx";

type Props = {
  /** All objects as one YAML stream. */
  readonly yaml: string;
  readonly href: string;
  readonly file: string;
};

/** The objects as they are, without what Trellis does not own; to read and to take away. */
export function ManifestStream({ yaml, href, file }: Props) {
  const t = useTranslations("uiObject");
  if (yaml.trim() === "") return <EmptyState icon={FileCode} title={t("yamlEmpty")} />;
  return (
    <Section
      title={t("yaml")}
      note={t("yamlHint")}
      aside={
        <a href={href} download={file} className={buttonStyle("quiet", "small", false)}>
          <Download size={14} aria-hidden="true" />
          {t("yamlDownload")}
        </a>
      }
    >
      <div className="pt-3">
        <YamlView yaml={yaml} label={t("yaml")} maxHeight={false} />
      </div>
    </Section>
  );
}
