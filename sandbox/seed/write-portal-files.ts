import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { clientId, issuerOf } from "../identity/identity-server.ts";
import { personas } from "../identity/personas.ts";
import type { Ports } from "../state/ports.ts";
import { type SandboxFolder, writePrivateJson } from "../state/sandbox-folder.ts";
import type { Secrets } from "../state/secrets.ts";
import { writeBootstrap } from "./write-bootstrap.ts";

/** The portal's own AWS identity: the emulator shows it in its log of calls. */
export const portalAccessKeyId = "AKIATRELLISPORTAL000";
const note = {
  en: "The Kubernetes API and Cluster API are real; AWS is played.",
  ja: "Kubernetes API と Cluster API は本物です。AWS は模擬です。",
};

/** Everything the portal is told about this sandbox: environment variables, the bootstrap file and the audit keys. It learns nothing else. */
export function writePortalFiles(folder: SandboxFolder, ports: Ports, secrets: Secrets, now: Date): void {
  const issuer = issuerOf(ports.issuer);
  writeBootstrap(folder, issuer, now);
  if (!existsSync(folder.auditKeys))
    writePrivateJson(folder.auditKeys, { current: "k1", keys: { k1: randomBytes(32).toString("base64") } });
  writePrivateJson(folder.portalEnv, {
    MANAGEMENT_CLUSTERS: JSON.stringify([{ id: "mgmt-local", kubeconfig: folder.portalKubeconfig }]),
    TENANT_ENDPOINT_CIDRS: "127.0.0.0/8",
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: secrets.clientSecret,
    SIGN_IN_HINTS: JSON.stringify(personas.map((persona) => ({ label: persona.id, loginHint: persona.id }))),
    SIGN_IN_NOTE: JSON.stringify(note),
    AUTH_SECRET: secrets.authSecret,
    TRELLIS_INSTALLATION_ID: secrets.installationId,
    TRELLIS_BOOTSTRAP: folder.bootstrap,
    TRELLIS_AUDIT_KEYS: folder.auditKeys,
    LATTICE_ENDPOINT: `http://127.0.0.1:${ports.lattice}`,
    AWS_ACCESS_KEY_ID: portalAccessKeyId,
    AWS_SECRET_ACCESS_KEY: secrets.awsSecret,
    AWS_REGION: "ap-northeast-1",
    AWS_EC2_METADATA_DISABLED: "true",
  });
}
