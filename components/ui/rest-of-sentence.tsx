import { splitSentence } from "./split-sentence.ts";

/** A status sentence under the word that already says its state; the whole stands in the title. */
export function RestOfSentence({ sentence }: { readonly sentence: string }) {
  const { state, rest } = splitSentence(sentence);
  return <span title={sentence}>{rest === "" ? state : rest}</span>;
}
