import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findPersonaToken } from "./seed/persona-tokens.ts";
import { projectRoot } from "./state/sandbox-folder.ts";
import { type Sandbox, useSandbox } from "./testing/use-sandbox.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await useSandbox();
});

function run(...args: string[]) {
  const env = { ...process.env, TRELLIS_SANDBOX_DIR: sandbox.folder.root };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(projectRoot, "sandbox/cli.ts"), ...args], { env, encoding: "utf8" });
  return { status, stdout: stdout.trim(), stderr };
}

describe("the command line", () => {
  it("says that it runs", () => {
    expect(run("status")).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ready \(process \d+/) });
  });

  it("prints a persona's token on the last line and nothing for strangers", () => {
    expect(run("token", "admin")).toMatchObject({ status: 0, stdout: findPersonaToken(sandbox.folder, "admin") });
    expect(run("token", "root")).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("payments-dev") });
  });

  it("prints the management kubeconfig, and says which clusters there are when asked for another", () => {
    expect(run("kubeconfig").stdout).toContain("kind: Config");
    expect(run("kubeconfig", "team-none/none")).toMatchObject({ status: 1, stderr: expect.stringContaining("no cluster team-none/none") });
  });

  it("sets, lists and clears faults, and refuses unknown ones", () => {
    expect(run("fault", "set", "node-group-create-failed", "team-x/y").status).toBe(0);
    expect(run("fault", "list").stdout).toContain("set: node-group-create-failed team-x/y");
    expect(run("fault", "set", "meteor", "team-x/y").status).toBe(2);
    expect(run("fault", "set", "targets-unhealthy", "lattice/net-prod")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("targets-unhealthy wants a route"),
    });
    expect(run("fault", "list").stdout).toMatch(/^throttled\tnetwork\t.+429/m);
    expect(run("fault", "clear").status).toBe(0);
    expect(run("fault", "list").stdout).not.toContain("set:");
  });

  it("does not start a second sandbox in the same folder", () => {
    expect(run("start", "--foreground")).toMatchObject({ status: 1, stderr: expect.stringContaining("a sandbox already runs in") });
  });

  it("explains itself", () => {
    expect(run("dance")).toMatchObject({ status: 2, stderr: expect.stringContaining("Usage: npm run sandbox") });
  });
});
