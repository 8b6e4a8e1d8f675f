import type { WholeGraph } from "../../domain/topology/assemble-graph.ts";
import type { TopologySource } from "../../domain/topology/topology-view.ts";

/**
 * The whole map, projected from the cluster and route indexes, the facts of Lattice and provider clusters, and the configured accounts and
 * networks; an event recomputes only the parts it touches. Only services read it, and they filter by right.
 */
export interface TopologyIndex {
  /** Everything that is known now. The same object until something changes. */
  graph(): WholeGraph;
  /** Where the evidence comes from: management clusters and accounts whose Lattice is read. Answers from memory. */
  sources(): readonly TopologySource[];
  /** Which configuration it was made of; another one may change what people may see. */
  configuration(): object;
  /** Grows with every change, also when evidence only grew fresher. */
  version(): number;
  /** Called when something became another thing; not for ages. */
  subscribe(listener: () => void): () => void;
  close(): void;
}
