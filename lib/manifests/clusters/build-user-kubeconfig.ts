import { toYaml } from "../to-yaml.ts";

export type UserKubeconfig = {
  readonly namespace: string;
  readonly name: string;
  readonly server: string;
  readonly caData: string;
  readonly region: string;
  readonly eksName: string;
};

/**
 * A kubeconfig that holds no secret: the person's own AWS sign-in gets the token (`aws eks get-token`; client-go credential plugins,
 * `client.authentication.k8s.io/v1beta1`). `caData` is base64 PEM.
 */
export function buildUserKubeconfig({ namespace, name, server, caData, region, eksName }: UserKubeconfig): string {
  const context = `${namespace}/${name}`;
  return toYaml({
    apiVersion: "v1",
    kind: "Config",
    "current-context": context,
    clusters: [{ name: context, cluster: { server, "certificate-authority-data": caData } }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    users: [
      {
        name: context,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["--region", region, "eks", "get-token", "--cluster-name", eksName, "--output", "json"],
            interactiveMode: "IfAvailable",
          },
        },
      },
    ],
  });
}
