import { existsSync, readFileSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { type FaultName, faultNames, isFaultName } from "./faults/fault-names.ts";
import { faultStore } from "./faults/fault-store.ts";
import { findPersona, personas } from "./identity/personas.ts";
import { readTenants } from "./players/eks/tenant-slots.ts";
import { FleetSize, usualFleet } from "./seed/large-fleet/fleet-size.ts";
import { removeLargeFleet, seedLargeFleet } from "./seed/large-fleet/seed-large-fleet.ts";
import { findPersonaToken } from "./seed/persona-tokens.ts";
import { startSandbox, stopSupervisor } from "./start-sandbox.ts";
import { sandboxFolder } from "./state/sandbox-folder.ts";
import { runSupervisor } from "./supervisor.ts";
import { findSupervisor, isSilent, lastWords } from "./supervisor-state.ts";

const usage = `Usage: npm run sandbox -- <command>

  start [--foreground]                       start everything, or run it in the foreground until Ctrl-C
  stop | status | reset                      end it | say how it is | end it and remove its state (never the built programs)
  token <persona>                            a bearer token for the portal's REST API, on the last line
  kubeconfig [<namespace>/<cluster>]         an admin kubeconfig of the management cluster, or of one cluster
  seed fleet [--clusters 60 --routes 200 --networks 8] | --remove
                                             many clusters, routes and networks, for trying pages by hand
  fault list                                 every fault, what it is aimed at and what it does; those that are set
  fault set <name> <namespace>/<name>        of a cluster, of a route, or of a network (its Gateway: lattice/net-prod)
  fault clear [<name>]                       undo all of them, or one kind
`;
const folder = sandboxFolder();
const say = (line: string) => console.error(`sandbox: ${line}`);

async function main(args: string[]): Promise<number> {
  const [command = "help", ...rest] = args;
  switch (command) {
    case "start":
      return rest.includes("--foreground") ? foreground(rest.includes("--detached")) : start();
    case "stop":
      say((await stopSupervisor(folder)) ? "stopped" : "nothing was running");
      return 0;
    case "status":
      return status();
    case "reset":
      await stopSupervisor(folder);
      rmSync(folder.root, { recursive: true, force: true });
      say("state removed");
      return 0;
    case "token":
      return token(rest[0] ?? "");
    case "kubeconfig":
      return kubeconfig(rest[0]);
    case "seed":
      return seed(rest);
    case "fault":
      return fault(rest);
    default:
      console.error(usage);
      return command === "help" || command === "--help" ? 0 : 2;
  }
}

async function start(): Promise<number> {
  const running = findSupervisor(folder);
  if (running?.state === "ready") say(`already running (process ${running.pid})`);
  await startSandbox({ detached: true, seedFleet: true, progress: say });
  say(`ready. Management cluster: KUBECONFIG=${folder.adminKubeconfig}`);
  return 0;
}

/** Runs the supervisor here. Unless detached it also ends when its parent does. */
async function foreground(detached: boolean): Promise<number> {
  const ending = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => ending.abort());
  const parent = process.ppid;
  if (!detached) {
    const watch = setInterval(() => {
      if (process.ppid !== parent) ending.abort();
    }, 500);
    watch.unref();
  }
  const speed = Number(process.env.SANDBOX_SPEED ?? "12");
  if (!Number.isFinite(speed) || speed <= 0) throw new Error("SANDBOX_SPEED must be a positive number");
  const seedFleet = (process.env.SANDBOX_SEED_FLEET ?? "true") === "true";
  const log = (line: string) => console.error(`${new Date().toISOString()} ${line}`);
  await runSupervisor(folder, { speed, seedFleet, signal: ending.signal, progress: log, say: log });
  return 0;
}

function status(): number {
  const running = findSupervisor(folder);
  if (!running) {
    const last = lastWords(folder);
    console.log(last?.state === "failed" ? `not running; the last start failed: ${last.step}` : "not running");
    return 3;
  }
  const seconds = Math.round((Date.now() - Date.parse(running.startedAt)) / 1000);
  const silent = isSilent(running, Date.now()) ? ", but it has not reported for a while" : "";
  console.log(`${running.state} (process ${running.pid}, up ${seconds} s, speed ${running.speed}${silent}): ${running.step}`);
  return running.state === "ready" ? 0 : 1;
}

function token(persona: string): number {
  const known = findPersona(persona);
  const found = known ? findPersonaToken(folder, known.id) : null;
  if (found === null) {
    say(
      known
        ? "there are no tokens yet; start the sandbox once"
        : `unknown persona "${persona}"; there are ${personas.map((one) => one.id).join(", ")}`,
    );
    return 1;
  }
  console.log(found);
  return 0;
}

async function kubeconfig(cluster: string | undefined): Promise<number> {
  if (cluster === undefined) return print(folder.adminKubeconfig, "the sandbox has not been started yet");
  const tenant = readTenants(folder).find((one) => one.cluster === cluster);
  if (tenant)
    return print(folder.at("workload", `workload-${tenant.slot + 1}.kubeconfig`), `the API server of ${cluster} has not been started yet`);
  say(
    `no cluster ${cluster}; there are ${
      readTenants(folder)
        .map((one) => one.cluster)
        .join(", ") || "none"
    }`,
  );
  return 1;
}

async function seed([what, ...given]: string[]): Promise<number> {
  if (what !== "fleet") {
    console.error(usage);
    return 2;
  }
  if (findSupervisor(folder)?.state !== "ready") {
    say("not running; start it first");
    return 3;
  }
  const { remove, ...size } = fleetOptions(given);
  const began = Date.now();
  if (remove) await removeLargeFleet(folder, say);
  else await seedLargeFleet(folder, FleetSize.parse(size), say);
  say(`done after ${Math.round((Date.now() - began) / 1_000)} s; restart the portal: networks, VPCs and quotas reach it at its start`);
  return 0;
}

function fleetOptions(args: string[]) {
  const number = { type: "string" } as const;
  const options = { clusters: number, routes: number, networks: number, remove: { type: "boolean" } } as const;
  const { clusters, routes, networks, remove } = parseArgs({ args, options }).values;
  return {
    remove: remove ?? false,
    clusters: Number(clusters ?? usualFleet.clusters),
    routes: Number(routes ?? usualFleet.routes),
    networks: Number(networks ?? usualFleet.networks),
  };
}

function print(file: string, missing: string): number {
  if (!existsSync(file)) {
    say(missing);
    return 1;
  }
  console.log(readFileSync(file, "utf8").trimEnd());
  return 0;
}

function fault(args: string[]): number {
  const [action, name = "", target = ""] = args;
  const store = faultStore(folder);
  if (action === "clear" && (name === "" || isFaultName(name))) {
    store.clear(isFaultName(name) ? name : null);
    return 0;
  }
  if (action === "list") {
    for (const [known, { target: kind, means }] of Object.entries(faultNames)) console.log(`${known}\t${kind}\t${means}`);
    for (const one of store.list()) console.log(`set: ${one.name} ${one.target}`);
    return 0;
  }
  if (action === "set" && isFaultName(name) && isTarget(name, target)) {
    store.set(name, target);
    return 0;
  }
  const wanted = isFaultName(name) ? `\n${name} wants a ${faultNames[name].target} as <namespace>/<name>` : "";
  console.error(
    `Usage: npm run sandbox -- fault list | set <name> <namespace>/<name> | clear [<name>]${wanted}\nNames: ${Object.keys(faultNames).join(", ")}`,
  );
  return 2;
}

/** Clusters and routes of teams stand in `team-<team>`; anything else is a slip of the hand. */
function isTarget(name: FaultName, target: string): boolean {
  const isTeams = target.startsWith("team-");
  return /^[a-z0-9-]+\/[a-z0-9.-]+$/.test(target) && (faultNames[name].target === "network") !== isTeams;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});
process.exit();
