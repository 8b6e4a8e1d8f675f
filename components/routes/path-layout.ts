import type { ShownBackend, ShownRoute, ShownRule } from "./route-data.ts";

/** One node of the path, in pixels from the top; its column says where it stands across. */
export type Placed<Value> = { readonly value: Value; readonly top: number };
export type PathGroup = { readonly backend: ShownBackend; readonly rules: readonly number[] };
/** A line between two columns. `look`: proven, not proven yet, or refused. */
export type PathLine = {
  readonly key: string;
  readonly column: "caller" | "service" | "rule" | "group";
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly look: "solid" | "dashed" | "cut";
};
export type PathLayout = {
  readonly height: number;
  readonly busHeight: number;
  readonly serviceTop: number;
  readonly callers: readonly Placed<ShownRoute["consumers"][number]>[];
  readonly moreCallers: Placed<number> | null;
  readonly rules: readonly Placed<ShownRule>[];
  readonly noMatchTop: number;
  readonly groups: readonly Placed<PathGroup>[];
  readonly lines: readonly PathLine[];
};

export const NODE = { caller: 60, rule: 60, group: 68, service: 132 } as const;
const PITCH = { caller: 76, rule: 74, group: 82 } as const;
const HEAD = 44;
const MOST_CALLERS = 6;

/** Where everything of a traffic path stands: callers, network, service, rules in the order in which they are tried, target groups. */
export function layoutPath(route: Pick<ShownRoute, "consumers" | "path" | "status">): PathLayout {
  const groups = groupsOf(route.path);
  const shown = route.consumers.slice(0, MOST_CALLERS);
  const callers = shown.map((value, at) => ({ value, top: HEAD + at * PITCH.caller }));
  const hidden = route.consumers.length - shown.length;
  const moreCallers = hidden > 0 ? { value: hidden, top: HEAD + shown.length * PITCH.caller } : null;
  const rules = route.path.map((value, at) => ({ value, top: HEAD + at * PITCH.rule }));
  const noMatchTop = HEAD + rules.length * PITCH.rule;
  const placedGroups = groups.map((value, at) => ({ value, top: HEAD + at * PITCH.group }));
  const height = Math.max(
    noMatchTop + NODE.rule,
    HEAD + groups.length * PITCH.group,
    HEAD + (shown.length + (hidden > 0 ? 1 : 0)) * PITCH.caller,
    HEAD + NODE.service + 24,
  );
  const middle = (HEAD + noMatchTop + NODE.rule) / 2;
  const layout = { height, busHeight: height - HEAD, serviceTop: middle - NODE.service / 2, callers, moreCallers, rules, noMatchTop };
  return { ...layout, groups: placedGroups, lines: linesOf(route, { ...layout, groups: placedGroups }, middle) };
}

/** Each target group once, with the numbers of the rules that use it. */
export function groupsOf(path: readonly ShownRule[]): readonly PathGroup[] {
  const groups = new Map<string, { backend: ShownBackend; rules: number[] }>();
  for (const { n, backends } of path) {
    for (const backend of backends) {
      const known = groups.get(backend.importName);
      if (known === undefined) groups.set(backend.importName, { backend, rules: [n] });
      else known.rules.push(n);
    }
  }
  return [...groups.values()];
}

function linesOf(
  route: Pick<ShownRoute, "path" | "status">,
  { callers, rules, noMatchTop, groups }: Pick<PathLayout, "callers" | "rules" | "noMatchTop" | "groups">,
  middle: number,
): readonly PathLine[] {
  const attached = route.status.proofs.find(({ id }) => id === "association")?.state === "proven";
  const topOf = new Map(groups.map(({ value, top }) => [value.backend.importName, top + NODE.group / 2]));
  return [
    ...callers.map(({ value, top }, at): PathLine => {
      const y = top + NODE.caller / 2;
      const look = value.reachable === "yes" ? "solid" : value.reachable === "no" ? "cut" : "dashed";
      return { key: `caller ${at}`, column: "caller", from: y, to: y, width: 1.5, look };
    }),
    { key: "service", column: "service", from: middle, to: middle, width: 1.5, look: attached ? "solid" : "dashed" },
    ...rules.map(
      ({ value, top }): PathLine => ({
        key: `rule ${value.n}`,
        column: "rule",
        from: middle,
        to: top + NODE.rule / 2,
        width: 1.5,
        look: value.proven ? "solid" : "dashed",
      }),
    ),
    { key: "no match", column: "rule", from: middle, to: noMatchTop + NODE.rule / 2, width: 1, look: "dashed" },
    ...rules.flatMap(({ value, top }) =>
      value.backends.map(
        (backend, at): PathLine => ({
          key: `group ${value.n} ${at}`,
          column: "group",
          from: top + NODE.rule / 2,
          to: topOf.get(backend.importName) ?? 0,
          width: 0.75 + (backend.sharePercent / 100) * 4.25,
          look: backend.latticeWeight === backend.weight ? "solid" : "dashed",
        }),
      ),
    ),
  ];
}
