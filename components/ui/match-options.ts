/** `note` is shown under the label and searched like it. */
export type SearchOption = { readonly value: string; readonly label: string; readonly note: string };

/** The options that hold every typed word, those whose label begins with the text first. */
export function matchOptions(options: readonly SearchOption[], text: string): readonly SearchOption[] {
  const words = text.trim().toLowerCase().split(/\s+/);
  const [first = ""] = words;
  const held = options.filter(({ value, label, note }) => {
    const all = `${label} ${note} ${value}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  if (first === "") return held;
  const begins = ({ label }: SearchOption) => (label.toLowerCase().startsWith(first) ? 0 : 1);
  return held.toSorted((one, other) => begins(one) - begins(other));
}
