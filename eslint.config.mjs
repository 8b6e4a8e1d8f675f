import next from "@next/eslint-plugin-next";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const houseBans = [
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: "Only lib/config reads process.env." },
  { selector: "TSEnumDeclaration", message: "No enum: use a union of literals." },
  { selector: "TSNonNullExpression", message: "No `!`: handle the absent case." },
];
const apiVersionBan = { selector: "Property[key.name='apiVersion']", message: "Kubernetes shapes live in lib/manifests." };
const defaultExportBan = { selector: "ExportDefaultDeclaration", message: "Named exports only, outside Next's own files." };

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/**",
      ".next/**",
      ".next-*/**",
      ".sandbox*/**",
      "lib/adapters/database/generated/**",
      "next-env.d.ts",
      "test-results/**",
      "playwright-report/**",
    ],
  },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ["**/*.ts", "**/*.tsx"] })),
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-console": "error",
      "no-restricted-syntax": ["error", ...houseBans, apiVersionBan, defaultExportBan],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: ["components/**/*.tsx", "app/**/*.tsx"],
    plugins: { "react-hooks": hooks, "@next/next": next },
    rules: { ...hooks.configs.recommended.rules, ...next.configs.recommended.rules },
  },
  {
    files: ["lib/manifests/**", "lib/domain/requests/plan.ts", "lib/domain/tenancy/bootstrap.ts", "lib/adapters/kubernetes/**"],
    rules: { "no-restricted-syntax": ["error", ...houseBans, defaultExportBan] },
  },
  { files: ["app/**", "*.config.mjs", "proxy.ts"], rules: { "no-restricted-syntax": ["error", ...houseBans, apiVersionBan] } },
  {
    files: ["lib/config/**", "scripts/**", "sandbox/**", "test/**", "e2e/**", "*.config.ts", "**/*.test.ts"],
    rules: { "no-restricted-syntax": ["error", ...houseBans.slice(1)] },
  },
  { files: ["scripts/**", "sandbox/**", "lib/adapters/telemetry/**"], rules: { "no-console": "off" } },
  {
    files: ["**/*.test.ts", "**/*.test.tsx", "test/**", "e2e/**", "sandbox/**"],
    rules: { "@typescript-eslint/no-unsafe-assignment": "off", "@typescript-eslint/no-unsafe-member-access": "off" },
  },
);
