"use client";
import { useTranslations } from "next-intl";
import { Age } from "../../ui/age.tsx";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { useJoined } from "../../ui/use-joined.ts";
import type { ShownTopology } from "./map-view.ts";

type Props = { readonly view: ShownTopology; readonly onRetry?: () => void };

/** What has not arrived, or is older than it should be. The map draws the rest and waits for nobody. */
export function LateSources({ view, onRetry }: Props) {
  const t = useTranslations("uiMap");
  const joined = useJoined();
  const late = view.sources.filter(({ glyph }) => glyph !== "ok");
  const [first, ...others] = late;
  if (first === undefined) return null;
  return (
    <Banner
      glyph={late.some(({ glyph }) => glyph === "failed") ? "failed" : "attention"}
      title={joined(late.map(({ name }) => name))}
      note={others.length > 0 ? others.map(({ sentence }) => sentence).join(" ") : undefined}
      action={
        onRetry !== undefined && (
          <Button size="small" onClick={onRetry}>
            {t("readAgain")}
          </Button>
        )
      }
    >
      {first.sentence} {first.at !== null && <Age at={first.at} />}
    </Banner>
  );
}
