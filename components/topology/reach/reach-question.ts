/** The question as it is typed: everything is text, and all of it stands in the page's address. */
export type ReachDraft = {
  readonly kind: CallerKind;
  /** `namespace/name`, as in a cluster's address. */
  readonly cluster: string;
  readonly kubeNamespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  /** Where a role calls from; empty when it does not matter. */
  readonly roleVpc: string;
  readonly vpc: string;
  /** `namespace/name`, as in the directory. */
  readonly service: string;
  /** Method and path: empty for the call that the service's first rule takes. */
  readonly method: string;
  readonly path: string;
  /** `name: value`, one a line. */
  readonly headers: string;
};
export const CALLER_KINDS = ["cluster", "role", "vpc"] as const;
export type CallerKind = (typeof CALLER_KINDS)[number];
export const CALL_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;
/** The question as the page's address and the REST door take it. */
export type ReachSearch = {
  readonly caller?: string;
  readonly service?: string;
  readonly method?: string;
  readonly path?: string;
  readonly header?: string[];
  readonly vpc?: string;
};

const EMPTY: ReachDraft = {
  kind: "cluster",
  cluster: "",
  kubeNamespace: "",
  serviceAccount: "",
  roleArn: "",
  roleVpc: "",
  vpc: "",
  service: "",
  method: "",
  path: "",
  headers: "",
};

/** Reads the address. What it does not know it leaves empty, never refuses: the form then asks for it. */
export function readReachDraft(params: SearchParams): ReachDraft {
  return {
    ...EMPTY,
    ...readCaller(one(params["caller"])),
    roleVpc: one(params["vpc"]),
    service: one(params["service"]),
    method: one(params["method"]),
    path: one(params["path"]),
    headers: many(params["header"]).join("\n"),
  };
}

/** The caller in the words of the address: `cluster/<namespace>/<name>[/<kube namespace>/<service account>]`, `vpc/<id>`, `role/<arn>`. */
export function readCaller(caller: string): Partial<ReachDraft> {
  const at = caller.indexOf("/");
  const rest = caller.slice(at + 1);
  switch (caller.slice(0, Math.max(at, 0))) {
    case "role":
      return { kind: "role", roleArn: rest };
    case "vpc":
      return { kind: "vpc", vpc: rest };
    case "cluster": {
      const [namespace = "", name = "", kubeNamespace = "", ...account] = rest.split("/");
      return { kind: "cluster", cluster: name === "" ? "" : `${namespace}/${name}`, kubeNamespace, serviceAccount: account.join("/") };
    }
    default:
      return {};
  }
}

export function callerOf(draft: ReachDraft): string {
  switch (draft.kind) {
    case "role":
      return draft.roleArn.trim() === "" ? "" : `role/${draft.roleArn.trim()}`;
    case "vpc":
      return draft.vpc === "" ? "" : `vpc/${draft.vpc}`;
    case "cluster": {
      const account = [draft.kubeNamespace.trim(), draft.serviceAccount.trim()];
      if (draft.cluster === "") return "";
      return ["cluster", draft.cluster, ...(account.every((part) => part === "") ? [] : account)].join("/");
    }
  }
}

/** The address of the question, without what was left open. */
export function reachSearch(draft: ReachDraft): ReachSearch {
  const headers = headerLines(draft);
  const caller = callerOf(draft);
  const path = draft.path.trim();
  return {
    ...(caller === "" ? {} : { caller }),
    ...(draft.service === "" ? {} : { service: draft.service }),
    ...(draft.method === "" ? {} : { method: draft.method }),
    ...(path === "" ? {} : { path }),
    ...(headers.length === 0 ? {} : { header: [...headers] }),
    ...(draft.kind === "role" && draft.roleVpc !== "" ? { vpc: draft.roleVpc } : {}),
  };
}

/** Has the address said who calls and what is called? */
export function isAsked(draft: ReachDraft): boolean {
  return callerOf(draft) !== "" && draft.service !== "";
}

export function headerLines({ headers }: Pick<ReachDraft, "headers">): readonly string[] {
  return headers
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function one(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value?.[0] ?? "");
}

function many(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === "string" ? [value] : (value ?? []);
}
