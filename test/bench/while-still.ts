import { sandboxFolder } from "../../sandbox/state/sandbox-folder.ts";
import { findSupervisor } from "../../sandbox/supervisor-state.ts";

/**
 * What plays AWS and the controllers in this sandbox stands still during the work; the API servers, and the portal that watches them, go on. For figures of a reader's
 * browser or of the portal alone: neither shares its processors with AWS.
 */
export async function whileStill<T>(sandboxDir: string, work: () => Promise<T>): Promise<T> {
  const players = findSupervisor(sandboxFolder(sandboxDir));
  if (players === null) throw new Error("the sandbox does not run");
  process.kill(players.pid, "SIGSTOP");
  try {
    return await work();
  } finally {
    process.kill(players.pid, "SIGCONT");
  }
}
