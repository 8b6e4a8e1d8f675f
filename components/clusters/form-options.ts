import type { ShownBlueprint } from "./shown-blueprint.ts";

/** A blueprint as the form offers it: the newest version that is not withdrawn. */
export type BlueprintOption = { readonly id: string; readonly version: number; readonly data: ShownBlueprint };

/** An account a team may use, with what the form lets her choose in it. */
export type AccountOption = {
  readonly id: string;
  readonly awsAccountId: string;
  readonly region: string;
  readonly teams: readonly string[];
  readonly vpcs: readonly {
    readonly id: string;
    readonly cidr: string;
    readonly subnets: readonly { readonly id: string; readonly zone: string; readonly cidr: string }[];
  }[];
};

export type FormOptions = {
  readonly teams: readonly string[];
  readonly blueprints: readonly BlueprintOption[];
  readonly accounts: readonly AccountOption[];
};

/** What every part of the form gets: the draft, how to change it, and what is wrong with a field. */
export type FormPart<Draft> = {
  readonly draft: Draft;
  readonly change: (patch: Partial<Draft>) => void;
  readonly errorsOf: (path: string) => readonly string[];
};
