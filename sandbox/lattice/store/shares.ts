import { z } from "zod";
import { idOf } from "../identifiers.ts";

/** A service or service network that is shared through RAM with another account. Until it is accepted the other account sees nothing. */
export const Share = z.strictObject({
  arn: z.string().regex(/^arn:aws:vpc-lattice:[a-z0-9-]+:\d{12}:service(network)?\/.+$/),
  account: z.string().regex(/^\d{12}$/),
  status: z.enum(["PENDING", "ACCEPTED"]).default("ACCEPTED"),
});
export type Share = z.output<typeof Share>;

export function createShares(kept: readonly Share[] = []) {
  const keyOf = ({ arn, account }: Pick<Share, "arn" | "account">) => `${account} ${arn}`;
  const shares = new Map(kept.map((share) => [keyOf(share), share]));
  return {
    put: (share: Share) => void shares.set(keyOf(share), share),
    remove: (share: Pick<Share, "arn" | "account">) => shares.delete(keyOf(share)),
    clear: () => shares.clear(),
    list: (): Share[] => [...shares.values()],
    isShared: (arn: string, account: string): boolean => shares.get(keyOf({ arn, account }))?.status === "ACCEPTED",
    /** Ids of everything that this account has accepted, in the order of sharing. */
    acceptedBy: (account: string): string[] =>
      [...shares.values()].filter((share) => share.account === account && share.status === "ACCEPTED").map(({ arn }) => idOf(arn)),
  };
}
export type Shares = ReturnType<typeof createShares>;
