/** A blueprint's own words in the reader's language; English when the language has none. */
export function inLanguage(text: { readonly en: string; readonly ja: string }, locale: string): string {
  return locale === "ja" ? text.ja : text.en;
}
