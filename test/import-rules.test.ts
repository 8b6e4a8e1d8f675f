import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { cruise, type ICruiseOptions, type IFlattenedRuleSet } from "dependency-cruiser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

type Config = { forbidden: { name: string }[]; options: ICruiseOptions };
const config = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as Config;

/** One forbidden import per rule: the file that imports, what it imports, and the rule that must bite. */
const FORBIDDEN: readonly (readonly [file: string, imported: string, rule: string])[] = [
  ["lib/domain/clusters/a.ts", "../../manifests/clusters/m.ts", "domain-is-pure"],
  ["lib/domain/clusters/b.ts", "yaml", "domain-is-pure"],
  ["lib/domain/clusters/c.ts", "node:crypto", "domain-is-pure"],
  ["lib/manifests/clusters/m.ts", "../../services/clusters/s.ts", "manifests-know-only-shapes"],
  ["lib/adapters/kubernetes/k.ts", "../../services/clusters/s.ts", "kubernetes-adapter"],
  ["lib/adapters/database/d.ts", "undici", "database-adapter"],
  ["lib/adapters/identity/i.ts", "../../services/clusters/s.ts", "identity-adapter"],
  ["lib/adapters/telemetry/t.ts", "undici", "telemetry-adapter"],
  ["lib/adapters/lattice/l.ts", "undici", "lattice-adapter"],
  ["lib/read-models/clusters/r.ts", "../../services/clusters/s.ts", "read-models"],
  ["lib/services/clusters/s.ts", "next", "services"],
  ["lib/services/clusters/s2.ts", "../../adapters/kubernetes/index.ts", "ports-are-types-above-adapters"],
  ["lib/services/audit/s3.ts", "../clusters/s.ts", "services-of-audit-stay-in-their-lane"],
  ["lib/services/routes/s6.ts", "../topology/t.ts", "services-of-routes-stay-in-their-lane"],
  ["lib/services/requests/s4.ts", "../clusters/s.ts", "services-of-requests-stay-in-their-lane"],
  ["lib/services/tenancy/s5.ts", "../clusters/s.ts", "services-of-tenancy-stay-in-their-lane"],
  ["lib/workers/w.ts", "../manifests/clusters/m.ts", "workers"],
  ["lib/config/e.ts", "../domain/clusters/a.ts", "config"],
  ["lib/server/s.ts", "../manifests/clusters/m.ts", "server"],
  ["lib/actions/a.ts", "../manifests/clusters/m.ts", "actions"],
  ["components/clusters/c.ts", "../../lib/services/clusters/s.ts", "components"],
  ["components/requests/c.ts", "../clusters/c.ts", "components-of-requests-stay-in-their-lane"],
  ["app/page.ts", "../lib/manifests/clusters/m.ts", "app"],
  ["lib/adapters/kubernetes/x.ts", "../database/d.ts", "adapters-never-import-each-other"],
  ["sandbox/players/p.ts", "../../lib/domain/clusters/a.ts", "sandbox-shares-only-types"],
  ["lib/domain/clusters/n.ts", "../../../app/page.ts", "nothing-imports-doors-or-tests"],
  ["lib/server/u.ts", "undici", "sdk-kubernetes"],
  ["lib/server/l.ts", "@aws-sdk/client-vpc-lattice", "sdk-aws"],
  ["lib/server/p.ts", "pg", "sdk-prisma"],
  ["lib/server/n.ts", "next-auth", "sdk-next-auth"],
  ["lib/domain/cycle/one.ts", "./two.ts", "no-cycles"],
];

describe("the import rules", () => {
  let folder: string;
  let found: Set<string>;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "import-rules-"));
    symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
    writeFileSync(
      path.join(folder, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: { module: "esnext", moduleResolution: "bundler", allowImportingTsExtensions: true, noEmit: true },
      }),
    );
    write("lib/adapters/kubernetes/index.ts", "export const k = 1;\n");
    write("lib/services/topology/t.ts", "export const t = 1;\n");
    write("lib/domain/cycle/two.ts", 'import * as it from "./one.ts";\nexport const used = it;\n');
    for (const [file, imported] of FORBIDDEN) write(file, `import * as it from "${imported}";\nexport const used = it;\n`);
    const { tsConfig: _tsConfig, ...options } = config.options;
    const result = await cruise(["lib", "components", "app", "sandbox"], {
      ...options,
      baseDir: folder,
      ruleSet: config as unknown as IFlattenedRuleSet,
      validate: true,
    });
    if (typeof result.output === "string") throw new Error("dependency-cruiser answered text");
    found = new Set(result.output.summary.violations.map(({ from, rule }) => `${from} ${rule.name}`));
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(FORBIDDEN)("refuses that %s imports %s (%s)", (file, _imported, rule) => {
    expect(found).toContain(`${file} ${rule}`);
  });

  it("has a forbidden import for every rule", () => {
    const untested = config.forbidden.map(({ name }) => name).filter((name) => !FORBIDDEN.some(([, , rule]) => rule === name));
    expect(untested).toEqual([
      "services-of-clusters-stay-in-their-lane",
      "services-of-topology-stay-in-their-lane",
      "components-of-clusters-stay-in-their-lane",
      "components-of-routes-stay-in-their-lane",
      "components-of-topology-stay-in-their-lane",
      "components-of-tenancy-stay-in-their-lane",
      "components-of-audit-stay-in-their-lane",
    ]);
  });

  function write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
});
