/** The state as a word, for a table's cell: without its full stop. */
export function stateWord(sentence: string): string {
  return splitSentence(sentence).state.replace(/[.。]$/, "");
}

/** The state ("Creating, stuck.") and the rest of a status sentence, in English and Japanese alike. */
export function splitSentence(sentence: string): { readonly state: string; readonly rest: string } {
  const end = /[。]|[.](?=\s|$)/.exec(sentence);
  if (end === null) return { state: sentence, rest: "" };
  const cut = end.index + end[0].length;
  return { state: sentence.slice(0, cut), rest: sentence.slice(cut).trim() };
}
