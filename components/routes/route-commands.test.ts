import { describe, expect, it } from "vitest";
import { routeCommands } from "./route-commands.ts";

describe("the command twin of a route", () => {
  it("reads the same thing by REST and from the management cluster", () => {
    const [curl, kubectl] = routeCommands("http://localhost:3000", { namespace: "team-a", name: "x;y", protocol: "grpc" });
    expect(curl?.command).toContain("http://localhost:3000/api/v1/routes/team-a/x%3By");
    expect(kubectl?.command).toBe("kubectl get grpcroutes.gateway.networking.k8s.io \\\n  -n team-a 'x;y' \\\n  -o yaml");
  });
});
