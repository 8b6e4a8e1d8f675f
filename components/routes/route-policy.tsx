"use client";
import { Lock, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Row, Rows } from "../ui/rows.tsx";
import { Section } from "../ui/section.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import { Tag } from "../ui/tag.tsx";
import type { ShownRoute } from "./route-data.ts";

/** Who may call, in plain words; the policy itself one press away. */
export function RoutePolicy({ policy }: { readonly policy: ShownRoute["policy"] }) {
  const t = useTranslations("uiRoutes.policy");
  const [json, setJson] = useState(false);
  if (policy === null) {
    return (
      <Section title={t("title")}>
        <Rows>
          <Row top>
            <StatusGlyph glyph="attention" className="mt-[3px]" />
            <span>{t("none")}</span>
          </Row>
        </Rows>
      </Section>
    );
  }
  return (
    <Section
      title={t("title")}
      note={t("hint")}
      aside={
        <>
          {policy.state !== null && <Tag>{policy.state}</Tag>}
          {policy.json !== "" && (
            <Button size="small" variant="quiet" aria-expanded={json} onClick={() => setJson(!json)}>
              {t(json ? "hideJson" : "asJson")}
            </Button>
          )}
        </>
      }
    >
      <Rows label={t("title")}>
        {policy.words.map((words) => (
          <Row key={words} top dense>
            <UserRound size={14} aria-hidden="true" className="mt-[3px] flex-none text-faint" />
            <span className="min-w-0 [overflow-wrap:anywhere]">{words}</span>
          </Row>
        ))}
        <Row top dense>
          <Lock size={14} aria-hidden="true" className="mt-[3px] flex-none text-faint" />
          <span>{t("everybodyElse")}</span>
        </Row>
        {policy.warnings.map((words) => (
          <Row key={words} top dense>
            <StatusGlyph glyph="attention" className="mt-[3px]" />
            <span>{words}</span>
          </Row>
        ))}
      </Rows>
      {json && <PolicyJson json={policy.json} />}
    </Section>
  );
}

/** The policy as Lattice holds it, spread out to read; copied as it is. */
export function PolicyJson({ json }: { readonly json: string }) {
  const t = useTranslations("uiRoutes.policy");
  return (
    <div className="pt-2">
      <pre
        tabIndex={0}
        role="region"
        aria-label={t("json")}
        className="max-h-80 overflow-auto rounded-md border border-line bg-canvas px-3 py-2.5 text-[12px]/[19px]"
      >
        {spread(json)}
      </pre>
      <div className="mt-2 flex items-center gap-3">
        <CopyButton text={json} />
        <small className="text-caption text-muted">{t("bytes", { bytes: new TextEncoder().encode(json).length })}</small>
      </div>
    </div>
  );
}

function spread(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
