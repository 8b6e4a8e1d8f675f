import { type Message, message } from "../message.ts";

/** A weight of a rule as percent of that rule's calls. */
export function percentOf(weight: number, total: number): number {
  return total === 0 ? 0 : Math.round((weight / total) * 1000) / 10;
}

/** The share of the calls that goes one way, from its share in each rule that names it: one number is said only where all rules agree. */
export function callShare(percents: readonly number[]): { readonly weight: number | null; readonly sentence: Message } {
  const [first = 0] = percents;
  if (!percents.every((percent) => percent === first)) {
    const [least, most] = [Math.min(...percents), Math.max(...percents)];
    return { weight: null, sentence: message("topology.edge.routesToSome", { least: String(least), most: String(most) }) };
  }
  const sentence = first === 100 ? message("topology.edge.routesToAll") : message("topology.edge.routesTo", { percent: String(first) });
  return { weight: first, sentence };
}
