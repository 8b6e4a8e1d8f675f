import { conflict, type ResourceKind } from "../lattice-error.ts";
import type { Call } from "./call.ts";

/** Answers a repeated create with the first answer; the same token with another request is a conflict. */
export function idempotent(
  call: Call,
  { kind, token, input }: { kind: ResourceKind; token: string | undefined; input: object },
  create: () => object,
): object {
  if (token === undefined) return create();
  const key = `${kind} ${token}`;
  const request = JSON.stringify(input);
  const { tickets } = call.store;
  for (const [known, ticket] of tickets) {
    if (ticket.until > call.now) break;
    tickets.delete(known);
  }
  const kept = tickets.get(key);
  if (kept && kept.until > call.now) {
    if (kept.request !== request) throw conflict(`The client token ${token} was used with other parameters`, kind);
    return kept.response;
  }
  const response = create();
  tickets.set(key, {
    token: key,
    request,
    response: Object.fromEntries(Object.entries(response)),
    until: call.now + call.settings.idempotencyMs,
  });
  return response;
}
