import { parseAuthPolicy } from "./parse-auth-policy.ts";

/** The same policy, however it is written. */
export function samePolicy(one: string, other: string): boolean {
  if (one === other) return true;
  const [read, wanted] = [parseAuthPolicy(one), parseAuthPolicy(other)];
  return read.ok && wanted.ok && read.text === wanted.text;
}
