import type { Glyph } from "../../../lib/domain/clusters/cluster-view.ts";

/** `row`: a kubeService or caller inside its cluster; `badge`: the target group at the end of such a row; `cell`: whatever else stands in a VPC. */
export type BoxKind = "bus" | "port" | "account" | "vpc" | "cluster" | "cell" | "row" | "badge";

/** A place that no node of the view stands for. */
export type Nowhere = "unjoined" | "no-account" | "no-vpc" | "management";

/** One rectangle on the map, in pixels at zoom 1. */
export type MapBox = {
  /** A node is one box; an account or VPC that could not grow where it stood has further ones. */
  readonly key: string;
  /** The same for all boxes of one account or VPC; otherwise the key. */
  readonly place: string;
  readonly kind: BoxKind;
  /** The node it draws, or the place of things whose place is not known. */
  readonly node: string | null;
  readonly nowhere: Nowhere | null;
  readonly inside: string | null;
  /** Id of its network, or `no-network`. */
  readonly band: string;
  /** The side on which its bus lies: this side of a box carries no text. */
  readonly faces: "up" | "down";
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
};

/** `serve`: a service and what answers its calls; `call`: who may call; `join`: how a VPC or service is joined to a network; `share`: RAM. */
export type LineKind = "serve" | "call" | "join" | "share";

/** One line between two boxes. It may stand for several edges, the most urgent of which gives the look. */
export type MapLine = {
  readonly key: string;
  readonly kind: LineKind;
  readonly from: string;
  readonly to: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly glyph: Glyph;
  /** Percent of the calls; null where the share is not known. */
  readonly weight: number | null;
  /** Said at the end of the line, only where a service shares its calls out. */
  readonly label: string | null;
  readonly edges: readonly string[];
};

/** One network with the accounts above and below it. */
export type MapBand = {
  readonly id: string;
  readonly top: number;
  readonly bottom: number;
  readonly busTop: number;
  readonly busBottom: number;
  readonly above: number;
  readonly below: number;
  readonly portRows: { readonly up: number; readonly down: number };
  readonly columns: number;
};

export type MapLayout = {
  readonly bands: readonly MapBand[];
  readonly boxes: readonly MapBox[];
  readonly lines: readonly MapLine[];
  readonly bounds: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
};

/** The shelves of things that no network concerns, and the bus of services that are in none. */
export const NO_NETWORK = "no-network";
export const UNJOINED = "unjoined";
