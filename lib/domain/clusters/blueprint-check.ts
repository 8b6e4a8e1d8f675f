import type { FieldProblem, MessageValues } from "../portal-error.ts";
import type { BootstrapAccount } from "../tenancy/bootstrap.ts";
import type { BlueprintData } from "./blueprint.ts";
import type { CreateClusterInput } from "./create-cluster-input.ts";

/** What an input is checked against: a blueprint's bounds, and the account it is meant for. */
export type BlueprintCheck = {
  readonly input: CreateClusterInput;
  readonly blueprint: BlueprintData;
  readonly account: BootstrapAccount;
  readonly team: string;
};

/** One refused field by the name of its rule (`errors.clusters.field.<rule>`). */
export function problem(path: string, rule: string, values: MessageValues = {}): FieldProblem {
  return { path, key: `clusters.field.${rule}`, values };
}

/** The problem of a value that is not among the offered ones. */
export function notOffered(path: string, value: string, choices: readonly (string | boolean)[]): FieldProblem[] {
  return choices.includes(value) ? [] : [problem(path, "notOffered", { value, choices: choices.join(", ") })];
}
