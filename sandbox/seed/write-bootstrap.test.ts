import { readFileSync, statSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { BootstrapFile } from "../../lib/domain/tenancy/bootstrap.ts";
import { personas } from "../identity/personas.ts";
import { useSandbox } from "../testing/use-sandbox.ts";
import { findPersonaToken, tokenHash } from "./persona-tokens.ts";

it("writes a bootstrap file the portal accepts, with hashes and never tokens", async () => {
  const { folder, env } = await useSandbox();
  const text = readFileSync(env.TRELLIS_BOOTSTRAP ?? "", "utf8");
  const file = BootstrapFile.parse(parse(text));
  expect(file.teams.map((team) => [team.id, team.quota.clusters])).toEqual([
    ["payments", 20],
    ["shop", 5],
  ]);
  expect(file.blueprints.map((blueprint) => blueprint.id)).toEqual(["eks-private", "eks-small", "eks-standard"]);
  for (const persona of personas) {
    const token = findPersonaToken(folder, persona.id) ?? "";
    expect(file.tokens.find((one) => one.owner.subject === persona.id)?.hash).toBe(tokenHash(token));
    expect(text).not.toContain(token);
  }
  expect(file.accounts.map((account) => account.id)).toEqual(["payments-prod", "payments-dev", "shop-prod", "platform-prod"]);
  expect(file.networking.serviceNetworks.map((network) => [network.name, network.account])).toEqual([
    ["net-prod", "platform-prod"],
    ["net-shared", "platform-prod"],
  ]);
  const policies = file.policies.map((policy) => policy.name);
  for (const named of [...file.blueprints.map((blueprint) => blueprint.policy), ...Object.values(file.kindPolicies)])
    expect(policies).toContain(named);
});

it("keeps keys and tokens to its owner", async () => {
  const { folder } = await useSandbox();
  for (const secret of [
    folder.personaTokens,
    folder.secrets,
    folder.auditKeys,
    folder.portalEnv,
    folder.portalKubeconfig,
    folder.serverTokens,
    folder.pki("ca.key"),
  ]) {
    expect({ secret, mode: statSync(secret).mode & 0o777 }).toEqual({ secret, mode: 0o600 });
  }
});
