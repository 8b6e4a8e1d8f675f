/** Who calls, as an address says it. */
export type CallerAddress =
  | { readonly kind: "cluster"; readonly namespace: string; readonly name: string }
  | {
      readonly kind: "service-account";
      readonly namespace: string;
      readonly name: string;
      readonly kubeNamespace: string;
      readonly serviceAccount: string;
    }
  | { readonly kind: "vpc"; readonly vpcId: string }
  | { readonly kind: "role"; readonly roleArn: string };

const LABEL = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;
const VPC = /^vpc-[0-9a-f]{1,32}$/;
const ROLE = /^arn:aws[a-z-]*:iam::[0-9]{12}:role\/[\w+=,.@/-]{1,512}$/;

/** `cluster/<namespace>/<name>[/<kube namespace>/<service account>]`, `vpc/<id>`, `role/<arn>`; null for anything else. */
export function parseReachCaller(text: string): CallerAddress | null {
  const cut = text.indexOf("/");
  const rest = text.slice(cut + 1);
  switch (text.slice(0, Math.max(cut, 0))) {
    case "vpc":
      return VPC.test(rest) ? { kind: "vpc", vpcId: rest } : null;
    case "role":
      return ROLE.test(rest) ? { kind: "role", roleArn: rest } : null;
    case "cluster":
      return parseCluster(rest.split("/"));
    default:
      return null;
  }
}

function parseCluster(parts: readonly string[]): CallerAddress | null {
  const [namespace = "", name = "", kubeNamespace = "", serviceAccount = ""] = parts;
  if (!parts.every((part) => LABEL.test(part))) return null;
  if (parts.length === 2) return { kind: "cluster", namespace, name };
  return parts.length === 4 ? { kind: "service-account", namespace, name, kubeNamespace, serviceAccount } : null;
}
