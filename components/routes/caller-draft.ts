import type { JsonObject } from "../../lib/domain/json.ts";
import type { RouteCaller } from "../../lib/domain/routes/route-input.ts";

/** One caller as it is typed. */
export type CallerDraft = {
  readonly key: string;
  readonly team: string;
  readonly name: string;
  readonly type: "cluster" | "role";
  readonly cluster: string;
  readonly roleArn: string;
  readonly methods: readonly string[];
  /** Separated by spaces or commas. */
  readonly paths: string;
};

export const CALLER_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

export function newCaller(team: string): CallerDraft {
  return { key: crypto.randomUUID(), team, name: "", type: "cluster", cluster: "", roleArn: "", methods: [], paths: "" };
}

/** What the draft says as a caller of an input; not checked here, so that the one schema behind the door names the field. */
export function toCaller(draft: CallerDraft): JsonObject {
  return {
    team: draft.team,
    name: draft.name.trim(),
    principal: draft.type === "role" ? { type: "role", roleArn: draft.roleArn.trim() } : { type: "cluster", cluster: draft.cluster },
    methods: [...draft.methods],
    paths: draft.paths.split(/[\s,]+/).filter((path) => path !== ""),
  };
}

export function fromCaller({ team, name, principal, methods, paths }: RouteCaller): CallerDraft {
  return {
    key: crypto.randomUUID(),
    team,
    name,
    type: principal.type,
    cluster: principal.type === "cluster" ? principal.cluster : "",
    roleArn: principal.type === "role" ? principal.roleArn : "",
    methods,
    paths: paths.join(" "),
  };
}

/** Is there enough of her to ask about? */
export function isCallerComplete({ team, name, type, cluster, roleArn }: CallerDraft): boolean {
  return team !== "" && name.trim() !== "" && (type === "role" ? roleArn.trim() !== "" : cluster !== "");
}
