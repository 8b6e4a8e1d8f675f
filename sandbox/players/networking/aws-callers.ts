import type { KnownCaller } from "../../lattice/callers.ts";
import { portalAccessKeyId } from "../../seed/write-portal-files.ts";

/** Who calls the emulated AWS besides the controllers: by their key the emulator's log tells them apart. */
export const awsCallers = {
  portal: { accessKeyId: portalAccessKeyId, caller: "portal" },
  infrastructure: { accessKeyId: "AKIAINFRASTRUCTURE00", caller: "infrastructure-code" },
  /** Somebody with a console who changes what the controller made. */
  somebody: { accessKeyId: "AKIASOMEBODYELSE0000", caller: "somebody" },
} as const;

/** Name of the portal's calls once it has taken its read role. */
export const portalRole = "portal-read-role";
export const managementController = "controller/management";

export function controllerCaller(key: string, account: string): KnownCaller {
  return { accessKeyId: `AKIACONTROLLER-${key.replaceAll("/", "-")}`, caller: `controller/${key}`, account };
}
