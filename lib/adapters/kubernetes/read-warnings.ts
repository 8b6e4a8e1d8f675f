/** The texts of HTTP `Warning` headers (RFC 7234 §5.5), as the API server sends them: `299 - "text"`. */
export function readWarnings(header: string | readonly string[] | undefined): readonly string[] {
  if (header === undefined) return [];
  const joined = typeof header === "string" ? header : header.join(", ");
  return [...joined.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? "").replace(/\\(.)/g, "$1"));
}
