import { useTranslations } from "next-intl";
import type { GlyphCounts } from "../../../lib/domain/topology/topology-view.ts";

/** Says how many of what state are not drawn: "12 ok, 3 unknown". */
export function useFoldedWords(): (byGlyph: GlyphCounts) => string {
  const t = useTranslations("uiMap");
  return (byGlyph) =>
    Object.entries(byGlyph)
      .map(([glyph, count]) => t("foldedGlyph", { count, word: t(`glyph.${glyph}`) }))
      .join(", ");
}
