import { readFileSync } from "node:fs";
import { z } from "zod";
import type { LoggedCall } from "../../../lattice/call-log.ts";

const Json = z.record(z.string(), z.unknown());
const Calls = z.array(z.tuple([z.string(), z.number()]));
const Said = z.array(z.strictObject({ type: z.string(), reason: z.string(), message: z.string(), count: z.number().optional() }));
const CleanDeploy = z.strictObject({
  calls: z.strictObject({ export: Calls, exportAgain: Calls, gatewayAndRoute: Calls, policy: Calls }),
  writes: z.record(z.string(), z.union([Json, z.array(Json)])),
  events: z.strictObject({ export: Said, route: Said, policy: Said }),
  objects: z.record(z.string(), Json),
});

/** What the real controller did in a clean deploy over two clusters: its calls, the arguments of its writes, its Events, and the objects at the end. */
export const cleanDeploy = CleanDeploy.parse(
  JSON.parse(readFileSync(new URL("../testdata/clean-cross-cluster-deploy.json", import.meta.url), "utf8")),
);

/** Operation and status; looks at a group that is still being made are counted once, however often the timing made them happen. */
export function shape(calls: readonly LoggedCall[]): [string, number][] {
  const all = calls.map((one): [string, number] => [one.operation, one.status]);
  return all.reduce<[string, number][]>((kept, one) => {
    const next = [...kept, one];
    const [a, b, c, d] = next.slice(-4).map(([operation]) => operation);
    const isRepeated = a === "GetResources" && b === "GetTargetGroup" && c === a && d === b;
    return isRepeated ? next.slice(0, -2) : next;
  }, []);
}

/** The calls that concern one export: by its name in tags and names, by its group's id in the rest. */
export function callsOfExport(calls: readonly LoggedCall[], name: string, groupId: string): LoggedCall[] {
  return calls.filter((one) => {
    const words = JSON.stringify(one.arguments);
    return words.includes(`"Values":["${name}"]`) || words.includes(`k8s-shop-${name}-`) || words.includes(groupId);
  });
}

/** The arguments of a write that were recorded, with groups named instead of numbered. */
export function recordedArguments(call: LoggedCall, recorded: object, groups: ReadonlyMap<string, string>): unknown {
  const known = Object.fromEntries(Object.entries(call.arguments).filter(([key]) => key in recorded));
  const text = [...groups].reduce((words, [id, name]) => words.replaceAll(id, `<${name}>`), JSON.stringify(known));
  return JSON.parse(text);
}
