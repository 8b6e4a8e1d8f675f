import { describe, expect, it } from "vitest";
import { clusterCommands } from "./cluster-commands.ts";

describe("the command twin", () => {
  it("encodes names in the URL and quotes them in the command", () => {
    const [curl, describeCluster] = clusterCommands("http://localhost:3000", { namespace: "team-a", name: "x;y" });
    expect(curl?.command).toContain("http://localhost:3000/api/v1/clusters/team-a/x%3By");
    expect(describeCluster?.command).toBe("clusterctl describe cluster \\\n  -n team-a 'x;y' \\\n  --show-conditions all");
  });
});
