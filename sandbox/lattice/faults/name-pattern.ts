import { z } from "zod";

/** A name, the beginning of one with a star (`Get*`), or a list of these. */
export const NamePattern = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
export type NamePattern = z.infer<typeof NamePattern>;

export function matchesName(pattern: NamePattern, name: string): boolean {
  const all = typeof pattern === "string" ? [pattern] : pattern;
  return all.some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : name === one));
}
