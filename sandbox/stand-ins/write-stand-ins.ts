import { join } from "node:path";
import { projectRoot, type SandboxFolder, writePrivate } from "../state/sandbox-folder.ts";

/** Puts `aws` (ours, for `eks get-token` only) and `kubectl` (real) into the sandbox's bin folder: what a person has on the PATH in production. */
export function writeStandIns(folder: SandboxFolder, kubectl: string): void {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const aws = join(projectRoot, "sandbox/stand-ins/aws-main.ts");
  writePrivate(
    folder.bin("aws"),
    `#!/bin/sh\nTRELLIS_SANDBOX_DIR=${quoted(folder.root)} exec ${quoted(process.execPath)} ${quoted(aws)} "$@"\n`,
    0o755,
  );
  writePrivate(folder.bin("kubectl"), `#!/bin/sh\nexec ${quoted(kubectl)} "$@"\n`, 0o755);
}
