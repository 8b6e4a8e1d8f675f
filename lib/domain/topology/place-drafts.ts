import { message } from "../message.ts";
import { bareNode, type NodeDraft, RANK } from "./graph-part.ts";
import { nodeId } from "./node-id.ts";
import type { Places } from "./places.ts";
import type { TopologyNode } from "./topology-view.ts";

/** An account that something else names. How it is comes from what stands in it (`settleGraph`). */
export function accountDraft({ accounts }: Places, account: string): NodeDraft {
  const known = accounts.find(({ id }) => id === account);
  const facts: TopologyNode["facts"] = [
    { key: "awsAccountId", value: known?.awsAccountId ?? account },
    ...(known === undefined ? [] : [{ key: "region" as const, value: known.region }]),
  ];
  return {
    node: bareNode({
      id: nodeId.account(account),
      kind: "account",
      name: account,
      account,
      sentence: message("topology.place.empty"),
      facts,
    }),
    access: { type: "account", teams: known?.teams ?? [] },
    rank: known === undefined ? RANK.mentioned : RANK.configured,
  };
}

/** A VPC as somebody names it: its account and range as far as that one knows. */
export function vpcDraft(
  vpcId: string,
  { account, cidr, rank }: { readonly account: string | null; readonly cidr: string | null; readonly rank: number },
): NodeDraft {
  return {
    node: bareNode({
      id: nodeId.vpc(vpcId),
      kind: "vpc",
      name: vpcId,
      parent: account === null ? null : nodeId.account(account),
      account,
      note: cidr === null ? null : message("topology.note.text", { text: cidr }),
      sentence: message("topology.place.empty"),
      facts: cidr === null ? [] : [{ key: "cidr", value: cidr }],
    }),
    access: { type: "joined" },
    rank,
  };
}
