import { chooseListener } from "../routes/choose-listener.ts";
import type { ReachCall, ReachFacts } from "./reach-facts.ts";
import type { ReachQuery } from "./reach-view.ts";

type Asked = Pick<ReachQuery, "method" | "path" | "port" | "header">;

/** The call that is asked about. Without a path it is the one that the first rule takes: what the service is there for. */
export function reachCallOf(asked: Asked, facts: ReachFacts): ReachCall {
  const usual = usualCall(facts, asked.port ?? null);
  const headers = (asked.header ?? []).map((text) => {
    const cut = text.indexOf(":");
    return { name: text.slice(0, cut).toLowerCase(), value: text.slice(cut + 1).trim() };
  });
  if (asked.path === undefined)
    return { ...usual, method: asked.method ?? usual.method, headers: asked.header === undefined ? usual.headers : headers };
  const path = asked.path.startsWith("/") ? asked.path : `/${asked.path}`;
  return { method: asked.method ?? (facts.protocol === "grpc" ? "POST" : "GET"), path, headers, port: asked.port ?? null };
}

function usualCall({ lattice, protocol }: ReachFacts, port: number | null): ReachCall {
  const rule = chooseListener(lattice?.listeners?.value ?? [], port)?.rules.find(({ isDefault }) => !isDefault);
  return {
    method: rule?.method ?? (protocol === "grpc" ? "POST" : "GET"),
    path: rule?.path?.value ?? "/",
    headers: (rule?.headers ?? []).map(({ name, value }) => ({ name: name.toLowerCase(), value })),
    port,
  };
}
