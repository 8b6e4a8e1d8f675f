import { describe, expect, it } from "vitest";
import { splitSentence, stateWord } from "./split-sentence.ts";

describe("splitSentence", () => {
  it("cuts after the first sentence", () => {
    expect(splitSentence("Creating, stuck. Pool batch-spot cannot start.")).toEqual({
      state: "Creating, stuck.",
      rest: "Pool batch-spot cannot start.",
    });
  });
  it("does not cut inside a version number", () => {
    expect(splitSentence("Upgrading to 1.35. Nobody needs to act.")).toEqual({ state: "Upgrading to 1.35.", rest: "Nobody needs to act." });
  });
  it("knows the Japanese full stop", () => {
    expect(splitSentence("作成中（停滞）。ノードプールを起動できません。")).toEqual({
      state: "作成中（停滞）。",
      rest: "ノードプールを起動できません。",
    });
  });
  it("gives the state as a word", () => {
    expect(["Creating, stuck. Pool x waits.", "作成中。待っています。", "Ready"].map(stateWord)).toEqual([
      "Creating, stuck",
      "作成中",
      "Ready",
    ]);
  });
  it("keeps a sentence without an end whole", () => {
    expect(splitSentence("Ready")).toEqual({ state: "Ready", rest: "" });
  });
});
