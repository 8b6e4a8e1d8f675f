const NUMBERS = ["limit", "after", "depth"];
const LISTS = ["state"];
/** Lists whose values may hold commas. */
const WHOLE_LISTS = ["header", "expand", "collapse"];

/** The query string as the input of a verb: numbers and lists by name, everything else text. Unknown names stay in, so that the verb's schema refuses them by name. */
export function readQuery(search: URLSearchParams): Readonly<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name).filter((value) => value !== "");
    if (values.length === 0) continue;
    if (LISTS.includes(name)) input[name] = values.flatMap((value) => value.split(",")).map((value) => value.trim());
    else if (WHOLE_LISTS.includes(name)) input[name] = values;
    else if (NUMBERS.includes(name)) input[name] = toNumber(values[0] ?? "");
    else input[name] = values.length === 1 ? values[0] : values;
  }
  return input;
}

/** Text that is no plain number stays text, and the schema says so. */
function toNumber(text: string): number | string {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}
