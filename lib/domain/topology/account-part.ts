import { type GraphPart, RANK } from "./graph-part.ts";
import { accountDraft, vpcDraft } from "./place-drafts.ts";
import type { Places } from "./places.ts";

/** An account of the bootstrap file with the VPCs it names. */
export function accountPart(places: Places, account: string): GraphPart {
  const known = places.accounts.find(({ id }) => id === account);
  const vpcs = (known?.vpcs ?? []).map(({ id, cidr }) => vpcDraft(id, { account, cidr, rank: RANK.configured }));
  return { nodes: [accountDraft(places, account), ...vpcs], edges: [], due: null };
}
