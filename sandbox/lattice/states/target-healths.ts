import { z } from "zod";

/**
 * What the health checks of a target see, told from outside. `targetGroup` (id, ARN or name) and `ip` narrow it; a rule with both wins over
 * the address alone, the address over the group; with neither it is every target. Without any rule a target is healthy.
 */
export const TargetHealth = z.strictObject({
  targetGroup: z.string().min(1).optional(),
  ip: z.string().min(1).optional(),
  port: z.int().optional(),
  status: z.enum(["HEALTHY", "UNHEALTHY", "INITIAL", "UNAVAILABLE"]),
  reasonCode: z.string().optional(),
});
export type TargetHealth = z.infer<typeof TargetHealth>;
export type TargetHealthMatch = Pick<TargetHealth, "targetGroup" | "ip" | "port">;

type Group = { readonly id: string; readonly arn: string; readonly name: string };

export function createTargetHealths(kept: readonly TargetHealth[] = []) {
  const rules = new Map<string, TargetHealth>();
  const keyOf = ({ targetGroup, ip, port }: TargetHealthMatch) => JSON.stringify([targetGroup ?? "", ip ?? "", port ?? 0]);
  const set = (rule: TargetHealth) => rules.set(keyOf(rule), rule);
  for (const rule of kept) set(rule);
  return {
    set,
    clear: (match?: TargetHealthMatch) => {
      if (match) rules.delete(keyOf(match));
      else rules.clear();
    },
    find: (group: Group, target: { ip: string; port: number }): TargetHealth | null => {
      if (rules.size === 0) return null;
      const groups = [group.id, group.name, group.arn];
      const narrow = [...groups, undefined].flatMap((targetGroup) => [
        { targetGroup, ip: target.ip, port: target.port },
        { targetGroup, ip: target.ip },
      ]);
      for (const match of [...narrow, ...groups.map((targetGroup) => ({ targetGroup })), { targetGroup: undefined }]) {
        const found = rules.get(keyOf(withoutAbsent(match)));
        if (found) return found;
      }
      return null;
    },
    list: (): TargetHealth[] => [...rules.values()],
  };
}
export type TargetHealths = ReturnType<typeof createTargetHealths>;

function withoutAbsent(match: { targetGroup: string | undefined; ip?: string; port?: number }): TargetHealthMatch {
  const { targetGroup, ...rest } = match;
  return targetGroup === undefined ? rest : { ...rest, targetGroup };
}
