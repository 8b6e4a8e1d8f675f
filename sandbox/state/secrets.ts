import { randomBytes } from "node:crypto";
import { z } from "zod";
import { findJson, type SandboxFolder, writePrivate, writePrivateJson } from "./sandbox-folder.ts";

const token = () => randomBytes(24).toString("hex");
const Secrets = z.strictObject({
  adminToken: z.string(),
  managerToken: z.string(),
  playerToken: z.string(),
  portalToken: z.string(),
  clientSecret: z.string(),
  cookieKey: z.string(),
  authSecret: z.string(),
  installationId: z.string().regex(/^[0-9a-f]{8}$/),
  /** Of the portal's AWS identity; the emulator tells callers apart by their key id. Added when an older folder has none. */
  awsSecret: z.string().default(token),
});
export type Secrets = z.infer<typeof Secrets>;

/** Random once, kept 0600. The API servers read the same tokens from a file in their own format. */
export function keptSecrets(folder: SandboxFolder): Secrets {
  const secrets = findJson(folder.secrets, Secrets) ?? freshSecrets();
  writePrivateJson(folder.secrets, secrets);
  writePrivate(
    folder.serverTokens,
    [
      `${secrets.adminToken},sandbox-admin,sandbox-admin,"system:masters"`,
      `${secrets.managerToken},capi-manager,capi-manager,"system:masters"`,
      `${secrets.playerToken},capa-player,capa-player,"system:masters"`,
      `${secrets.portalToken},trellis,trellis`,
      "",
    ].join("\n"),
  );
  return secrets;
}

function freshSecrets(): Secrets {
  return {
    adminToken: token(),
    managerToken: token(),
    playerToken: token(),
    portalToken: token(),
    clientSecret: token(),
    cookieKey: token(),
    authSecret: randomBytes(32).toString("base64url"),
    installationId: randomBytes(4).toString("hex"),
    awsSecret: token(),
  };
}
