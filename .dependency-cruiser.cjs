// The import table of docs/architecture.md, default deny: a folder may import what its row allows and nothing else.
const features = ["clusters", "routes", "topology", "requests", "tenancy", "audit"];
/** Besides tenancy, audit and the requests interface (docs/architecture.md, "Feature edges"). */
const edges = { routes: ["clusters"], topology: ["clusters", "routes"] };
const testFiles = "\\.test\\.tsx?$|/contract[a-z-]*\\.ts$|/testing\\.ts$|/testing/|/fake\\.ts$";

/** One rule: everything below `from` may import only `allowed` (path patterns) and the npm packages named. */
function only(name, from, allowed, npm = [], nodeBuiltins = false) {
  const packages = npm.map((packageName) => `node_modules/${packageName}(/|$)`);
  return {
    name,
    severity: "error",
    from: { path: from, pathNot: testFiles },
    to: {
      pathNot: [...allowed, ...packages, ...npm.map((packageName) => `^${packageName}(/|$)`)],
      ...(nodeBuiltins ? { dependencyTypesNot: ["core"] } : {}),
    },
  };
}

const featureEdges = [
  // A feature's services, read models and components import their own feature, tenancy, audit and the requests interface.
  ...features.map((feature) => ({
    name: `services-of-${feature}-stay-in-their-lane`,
    severity: "error",
    from: { path: `^lib/services/${feature}/`, pathNot: testFiles },
    to: {
      path: "^lib/services/[^/]+/",
      pathNot: [
        `^lib/services/${feature}/`,
        ...(edges[feature] ?? []).map((other) => `^lib/services/${other}/`),
        "^lib/services/(tenancy|audit)/",
        "^lib/services/requests/",
      ],
    },
  })),
  ...features.map((feature) => ({
    name: `components-of-${feature}-stay-in-their-lane`,
    severity: "error",
    from: { path: `^components/${feature}/`, pathNot: testFiles },
    to: { path: "^components/", pathNot: [`^components/${feature}/`, "^components/(ui|shell|live)/"] },
  })),
];

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: { path: "^(lib|components|app)/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    only("domain-is-pure", "^lib/domain/", ["^lib/domain/"], ["zod"]),
    only("manifests-know-only-shapes", "^lib/manifests/", ["^lib/domain/", "^lib/manifests/"], ["zod", "yaml"]),
    only(
      "kubernetes-adapter",
      "^lib/adapters/kubernetes/",
      ["^lib/domain/", "^lib/adapters/kubernetes/", "^lib/adapters/telemetry/port\\.ts"],
      ["zod", "yaml", "undici", "@kubernetes/client-node"],
      true,
    ),
    only(
      "database-adapter",
      "^lib/adapters/database/",
      ["^lib/domain/", "^lib/adapters/database/", "^lib/adapters/telemetry/port\\.ts"],
      ["zod", "pg", "@types/pg", "@prisma/[^/]+", "@electric-sql/pglite", "pglite-prisma-adapter"],
      true,
    ),
    only(
      "identity-adapter",
      "^lib/adapters/identity/",
      ["^lib/domain/", "^lib/adapters/identity/"],
      ["zod", "next-auth", "@auth/core", "next", "react"],
      true,
    ),
    only(
      "telemetry-adapter",
      "^lib/adapters/telemetry/",
      ["^lib/domain/", "^lib/adapters/telemetry/"],
      ["zod", "pino", "prom-client"],
      true,
    ),
    only(
      "lattice-adapter",
      "^lib/adapters/lattice/",
      ["^lib/domain/", "^lib/adapters/lattice/", "^lib/adapters/telemetry/port\\.ts"],
      ["zod", "@aws-sdk/[^/]+", "@smithy/[^/]+"],
      true,
    ),
    only("read-models", "^lib/read-models/", ["^lib/domain/", "^lib/manifests/", "^lib/adapters/[^/]+/port\\.ts", "^lib/read-models/"]),
    only(
      "services",
      "^lib/services/",
      ["^lib/domain/", "^lib/manifests/", "^lib/adapters/[^/]+/port\\.ts", "^lib/read-models/", "^lib/services/", "^lib/paths\\.ts"],
      ["zod"],
    ),
    only("workers", "^lib/workers/", ["^lib/domain/", "^lib/services/", "^lib/workers/"]),
    only("config", "^lib/config/", ["^lib/config/"], ["zod"], true),
    only(
      "server",
      "^lib/server/",
      ["^lib/(domain|adapters/[^/]+/(index|port)\\.ts|read-models|services|server|config|workers|paths\\.ts)", "^messages/"],
      ["zod", "next", "react", "next-intl"],
      true,
    ),
    only("actions", "^lib/actions/", ["^lib/(domain|services|server|actions)/", "^lib/paths\\.ts"], ["next"]),
    only(
      "components",
      "^components/",
      ["^lib/domain/", "^lib/actions/", "^lib/paths\\.ts", "^lib/config/public-env\\.ts", "^components/"],
      [
        "react",
        "react-dom",
        "next",
        "next-intl",
        "next-themes",
        "@tanstack/react-query",
        "@base-ui/react",
        "lucide-react",
        "@xyflow/react",
        "clsx",
        "diff",
        "yaml",
        "zod",
        "@fontsource-variable/noto-sans-jp",
      ],
    ),
    only(
      "app",
      "^app/",
      ["^app/", "^components/", "^lib/(domain|services|server|actions)/", "^lib/paths\\.ts", "^lib/adapters/identity/index\\.ts"],
      ["next", "react", "next-intl", "next-themes", "geist", "lucide-react", "@tanstack/react-query"],
    ),
    {
      name: "ports-are-types-above-adapters",
      severity: "error",
      from: { path: "^lib/(read-models|services|workers)/", pathNot: testFiles },
      to: { path: "^lib/adapters/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "adapters-never-import-each-other",
      severity: "error",
      from: { path: "^lib/adapters/([^/]+)/", pathNot: testFiles },
      to: { path: "^lib/adapters/", pathNot: ["^lib/adapters/$1/", "^lib/adapters/telemetry/port\\.ts"] },
    },
    {
      name: "sandbox-shares-only-types",
      severity: "error",
      from: { path: "^sandbox/", pathNot: testFiles },
      to: { path: "^(lib|components|app)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "nothing-imports-doors-or-tests",
      severity: "error",
      from: { path: "^(lib|components)/" },
      to: { path: "^(app|e2e|sandbox|test)/" },
    },
    {
      name: "sdk-kubernetes",
      severity: "error",
      from: { pathNot: ["^lib/adapters/kubernetes/", "^sandbox/", "^scripts/", "^test/", "^e2e/"] },
      to: { path: "node_modules/(@kubernetes/client-node|undici)/" },
    },
    {
      name: "sdk-aws",
      severity: "error",
      from: { pathNot: ["^lib/adapters/lattice/", "^sandbox/", "^test/"] },
      to: { path: "node_modules/(@aws-sdk|@smithy)/" },
    },
    {
      name: "sdk-prisma",
      severity: "error",
      from: { pathNot: ["^lib/adapters/database/", "^scripts/", "^prisma"] },
      to: { path: "node_modules/(@prisma|prisma|@electric-sql|pg)/|^lib/adapters/database/generated" },
    },
    {
      name: "sdk-next-auth",
      severity: "error",
      from: { pathNot: "^lib/adapters/identity/" },
      to: { path: "node_modules/(next-auth|@auth)/" },
    },
    ...featureEdges,
  ],
  options: {
    doNotFollow: { path: ["node_modules", "lib/adapters/database/generated"] },
    exclude: { path: ["\\.next", "lib/adapters/database/generated"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
