import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { clusterCommands, quote } from "./cluster-commands.ts";

describe("the command twin", () => {
  it.each(["plain-name", "it's; rm -rf $HOME `id`", "a\nb", "", "--help me"])("hands the shell the word %j unchanged", (word) => {
    expect(execFileSync("sh", ["-c", `printf %s ${quote(word)}`]).toString()).toBe(word);
  });
  it("encodes names in the URL and quotes them in the command", () => {
    const [curl, describeCluster] = clusterCommands("http://localhost:3000", { namespace: "team-a", name: "x;y" });
    expect(curl?.command).toContain("http://localhost:3000/api/v1/clusters/team-a/x%3By");
    expect(describeCluster?.command).toBe("clusterctl describe cluster \\\n  -n team-a 'x;y' \\\n  --show-conditions all");
  });
});
