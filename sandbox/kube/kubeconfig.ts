import { stringify } from "yaml";

/** A kubeconfig with one cluster and one user: https, inline CA, inline token. */
export function kubeconfigText(options: {
  name: string;
  server: string;
  ca: string;
  user: string;
  token: string;
  namespace?: string;
}): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name: options.name, cluster: { server: options.server, "certificate-authority-data": Buffer.from(options.ca).toString("base64") } },
    ],
    users: [{ name: options.user, user: { token: options.token } }],
    contexts: [
      {
        name: options.name,
        context: { cluster: options.name, user: options.user, ...(options.namespace ? { namespace: options.namespace } : {}) },
      },
    ],
    "current-context": options.name,
  });
}
