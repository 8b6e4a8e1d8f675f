import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { quote, submitCommands } from "./shell-command.ts";

describe("a command for a shell", () => {
  it.each(["plain-name", "it's; rm -rf $HOME `id`", "a\nb", "", "--help me"])("hands the shell the word %j unchanged", (word) => {
    expect(execFileSync("sh", ["-c", `printf %s ${quote(word)}`]).toString()).toBe(word);
  });
  it("sends the body of a request as one word", () => {
    const [line] = submitCommands("http://localhost:3000/api/v1/requests", { purpose: "it's needed" });
    expect(line?.command).toContain(`-d '{"purpose":"it'\\''s needed"}'`);
  });
});
