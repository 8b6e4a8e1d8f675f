import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { exampleGraph, node } from "../../../lib/domain/topology/testing.ts";
import type { TopologyGraph } from "../../../lib/domain/topology/topology-graph.ts";
import { layOutMap } from "./lay-out-map.ts";
import { createLayoutKeeper, type LaidMap } from "./layout-keeper.ts";
import type { LayoutAnswer, LayoutQuestion } from "./layout-worker.ts";
import { shown } from "./testing.ts";

type Way = "answers" | "silent" | "fails" | "does not start";

/** A keeper whose workers behave as told, the first one first. */
function keeperWith(ways: readonly Way[], { mostHere = 600, failsHere = false } = {}) {
  const left = [...ways];
  const seen = { asked: [] as LayoutQuestion[], laid: [] as LaidMap[], here: 0, stuck: 0, closed: 0 };
  const keeper = createLayoutKeeper({
    open: ({ onAnswer, onFailure }) => {
      const way = left.shift() ?? "answers";
      if (way === "does not start") throw new Error("no workers here");
      return {
        ask: (question) => {
          seen.asked.push(question);
          const answer = (): LayoutAnswer => ({ turn: question.turn, layout: layOutMap(question.graph, question.previous) });
          if (way === "answers") queueMicrotask(() => onAnswer(answer()));
          if (way === "fails") queueMicrotask(onFailure);
        },
        close: () => {
          seen.closed += 1;
        },
      };
    },
    layOutHere: async (graph, previous) => {
      seen.here += 1;
      if (failsHere) throw new Error("not here either");
      return layOutMap(graph, previous);
    },
    onLaid: (laid) => seen.laid.push(laid),
    onStuck: () => {
      seen.stuck += 1;
    },
    deadlineMs: 1000,
    mostHere,
  });
  return { keeper, seen };
}

const graph = exampleGraph();
const view = shown(graph);
const more = shown({ ...graph, nodes: [...graph.nodes, node("cluster/m/team-a/new")] } satisfies TopologyGraph);

describe("createLayoutKeeper", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("asks for each shape once, and gives the last layout so that nothing moves", async () => {
    const { keeper, seen } = keeperWith([]);
    keeper.draw(view, "all");
    await vi.advanceTimersByTimeAsync(0);
    keeper.draw({ ...view, nodes: view.nodes.map((one) => ({ ...one, sentence: "Other words." })) }, "all");
    keeper.draw(more, "all");
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.asked.map(({ previous }) => previous)).toEqual([null, seen.laid[0]?.layout]);
    expect(seen.laid.map(({ view: of }) => of)).toEqual([view, more]);
    expect(seen.here).toBe(0);
  });
  it("begins another map anew", async () => {
    const { keeper, seen } = keeperWith([]);
    keeper.draw(view, "all");
    await vi.advanceTimersByTimeAsync(0);
    keeper.draw(view, "team=a");
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.asked.map(({ previous }) => previous)).toEqual([null, null]);
  });
  it.each(["does not start", "fails", "silent"] as const)("lays out here when the worker %s, and goes on doing so", async (way) => {
    const { keeper, seen } = keeperWith([way]);
    keeper.draw(view, "all");
    await vi.advanceTimersByTimeAsync(1001);
    keeper.draw(more, "all");
    await vi.advanceTimersByTimeAsync(1001);
    expect(seen.laid.map(({ view: of }) => of)).toEqual([view, more]);
    expect(seen).toMatchObject({ here: 2, stuck: 0 });
  });
  it("says that it is stuck when the worker fails and the map is too large for here", async () => {
    const { keeper, seen } = keeperWith(["fails"], { mostHere: 3 });
    keeper.draw(view, "all");
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toMatchObject({ here: 0, stuck: 1, laid: [] });
  });
  it("says that it is stuck when it fails here as well", async () => {
    const { keeper, seen } = keeperWith(["fails"], { failsHere: true });
    keeper.draw(view, "all");
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toMatchObject({ here: 1, stuck: 1, laid: [] });
  });
  it("starts another worker when it is told to try again", async () => {
    const { keeper, seen } = keeperWith(["fails", "answers"], { mostHere: 3 });
    keeper.draw(view, "all");
    await vi.advanceTimersByTimeAsync(0);
    keeper.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toMatchObject({ stuck: 1, closed: 1 });
    expect(seen.laid.map(({ view: of }) => of)).toEqual([view]);
  });
  it("hears nothing any more once it is stopped", async () => {
    const { keeper, seen } = keeperWith(["silent"]);
    keeper.draw(view, "all");
    keeper.stop();
    await vi.advanceTimersByTimeAsync(1001);
    expect(seen).toMatchObject({ laid: [], here: 0, stuck: 0, closed: 1 });
  });
});
