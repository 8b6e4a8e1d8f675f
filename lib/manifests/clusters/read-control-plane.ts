import type { ObservedControlPlane } from "../../domain/clusters/observed-cluster.ts";
import { countAt, flagAt, listAt, textAt, textsAt } from "../safe-read.ts";
import { readObject, type Seen } from "./read-object.ts";

/** AWSManagedControlPlane as it says itself (CAPA v1beta2; fields of cluster-api.md §3.3). */
export function readControlPlane(seen: Seen): ObservedControlPlane {
  const { object } = seen;
  const kind = textAt(object, "spec", "identityRef", "kind");
  const name = textAt(object, "spec", "identityRef", "name");
  return {
    ...readObject(seen),
    ready: flagAt(object, "status", "ready"),
    initialized: flagAt(object, "status", "initialized"),
    failureMessage: textAt(object, "status", "failureMessage"),
    version: minorOf(textAt(object, "status", "version")),
    specVersion: minorOf(textAt(object, "spec", "version")),
    region: textAt(object, "spec", "region"),
    eksName: textAt(object, "spec", "eksClusterName"),
    identity: kind === null || name === null ? null : { kind, name },
    endpoint: readEndpoint(object),
    vpcCidr: textAt(object, "spec", "network", "vpc", "cidrBlock"),
    vpcId: textAt(object, "spec", "network", "vpc", "id"),
    addons: readAddons(object),
    accessEntries: listAt(object, "spec", "accessEntries").flatMap((entry) => {
      const principal = textAt(entry, "principalARN");
      const policies = listAt(entry, "accessPolicies").flatMap((policy) => textAt(policy, "policyARN") ?? []);
      return principal === null ? [] : [{ principal, policies }];
    }),
  };
}

/** `v1.33.4` and `1.33` are the same to EKS: `1.33`. Null for anything that is no version. */
export function minorOf(version: string | null): string | null {
  return /^v?(\d{1,3}\.\d{1,3})(?:\.|$)/.exec(version ?? "")?.[1] ?? null;
}

/** The address of the API server as a URL; null before there is one or when it is no host name. */
export function readEndpoint(object: unknown): string | null {
  const host = textAt(object, "spec", "controlPlaneEndpoint", "host");
  const port = countAt(object, "spec", "controlPlaneEndpoint", "port");
  if (host === null || port === null || port === 0 || port > 65_535) return null;
  const bare = host.startsWith("https://") ? host.slice("https://".length) : host;
  return /^[A-Za-z0-9.-]{1,253}$/.test(bare) ? `https://${bare}:${port}` : null;
}

/** Wanted add-ons with what AWS says of them; reported ones that nobody listed come last. */
function readAddons(object: unknown): ObservedControlPlane["addons"] {
  const reported = listAt(object, "status", "addons").flatMap((addon) => {
    const name = textAt(addon, "name");
    if (name === null) return [];
    const issues = listAt(addon, "issues").flatMap(
      (issue) => textAt(issue, "message") ?? textAt(issue, "code") ?? (typeof issue === "string" ? issue : []),
    );
    return [
      {
        name,
        version: textAt(addon, "version") ?? "",
        status: textAt(addon, "status"),
        issues: [...issues, ...textsAt(addon, "healthIssues")],
      },
    ];
  });
  const wanted = listAt(object, "spec", "addons").flatMap((addon) => {
    const name = textAt(addon, "name");
    return name === null ? [] : [{ name, version: textAt(addon, "version") ?? "" }];
  });
  const merged = wanted.map((addon) => {
    const seen = reported.find(({ name }) => name === addon.name);
    return { ...addon, status: seen?.status ?? null, issues: seen?.issues ?? [] };
  });
  return [...merged, ...reported.filter(({ name }) => !wanted.some((addon) => addon.name === name))];
}
