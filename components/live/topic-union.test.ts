import { describe, expect, it } from "vitest";
import { createTopicUnion, MAX_TOPICS } from "./topic-union.ts";

const topic = (name: string) => ({ topic: name, input: {} });
const names = (union: ReturnType<typeof createTopicUnion>, nowMs: number) => union.topics(nowMs).map(({ topic: name }) => name);

describe("createTopicUnion", () => {
  it("joins the wishes of all tabs, each topic once", () => {
    const union = createTopicUnion();
    union.want("one", [topic("b"), topic("a")], 0);
    union.want("two", [topic("a"), topic("c")], 0);
    expect(names(union, 0)).toEqual(["a", "b", "c"]);
  });
  it("forgets a tab that left and one that is silent", () => {
    const union = createTopicUnion();
    union.want("left", [topic("a")], 0);
    union.want("silent", [topic("b")], 0);
    union.want("here", [topic("c")], 80_000);
    union.leave("left");
    expect(names(union, 100_000)).toEqual(["c"]);
  });
  it("keeps the newest wishes when there are too many", () => {
    const union = createTopicUnion();
    union.want(
      "old",
      Array.from({ length: MAX_TOPICS }, (_, at) => topic(`old${at}`)),
      0,
    );
    union.want("new", [topic("new")], 1);
    expect(names(union, 1)).toHaveLength(MAX_TOPICS);
    expect(names(union, 1)).toContain("new");
  });
});
