import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import type { BootstrapFile } from "../../lib/domain/tenancy/bootstrap.ts";
import { personas } from "../identity/personas.ts";
import { projectRoot, type SandboxFolder, writePrivate } from "../state/sandbox-folder.ts";
import { withFleet } from "./large-fleet/fleet-bootstrap.ts";
import { keptFleet } from "./large-fleet/fleet-size.ts";
import { planFleet } from "./large-fleet/plan-fleet.ts";
import { keptPersonaTokens, tokenHash } from "./persona-tokens.ts";

const Template = z.looseObject({
  teams: z.array(z.looseObject({ id: z.string(), groups: z.array(z.looseObject({ group: z.string(), role: z.string() })) })),
  globalRoles: z.looseObject({ groups: z.array(z.looseObject({ group: z.string(), role: z.string() })) }),
});
type Kept = keyof BootstrapFile;

/** Writes the file behind `TRELLIS_BOOTSTRAP`: the template, the blueprints beside it, the personas as members, hashes of their tokens; what a large fleet adds. */
export function writeBootstrap(folder: SandboxFolder, issuer: string, now: Date): void {
  const written: unknown = parse(readFileSync(join(projectRoot, "sandbox/seed/bootstrap.yaml"), "utf8"));
  const size = keptFleet(folder);
  const template = Template.parse(size ? withFleet(written, planFleet(size)) : written);
  const members = (groups: { group: string; role: string }[]) =>
    personas.flatMap((persona) =>
      groups
        .filter((one) => persona.groups.some((group) => group === one.group))
        .map((one) => ({ issuer, subject: persona.id, name: persona.name, role: one.role })),
    );
  const added: Partial<Record<Kept, unknown>> = {
    teams: template.teams.map((team) => ({ ...team, members: members(team.groups) })),
    globalRoles: { ...template.globalRoles, members: members(template.globalRoles.groups) },
    blueprints: blueprints(),
    tokens: keptPersonaTokens(folder, now).map((one) => ({
      name: `sandbox-${one.persona}`,
      owner: { issuer, subject: one.persona, name: personas.find((persona) => persona.id === one.persona)?.name ?? one.persona },
      hash: tokenHash(one.token),
      scopes: ["read", "write"],
      expiresAt: one.expiresAt,
    })),
  };
  writePrivate(folder.bootstrap, stringify({ ...template, ...added }, { aliasDuplicateObjects: false, lineWidth: 0 }));
}

function blueprints(): unknown[] {
  const directory = join(projectRoot, "sandbox/seed/blueprints");
  return readdirSync(directory)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => parse(readFileSync(join(directory, file), "utf8")) as unknown);
}
