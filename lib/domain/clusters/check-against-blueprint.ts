import type { FieldProblem } from "../portal-error.ts";
import { type BlueprintCheck, notOffered, problem } from "./blueprint-check.ts";
import { checkNetwork } from "./check-network.ts";
import { checkPools } from "./check-pools.ts";
import { isRoutable, parseCidr } from "./cidr.ts";

/**
 * Every rule that neither the schemas nor the webhooks enforce (cluster-api.md §11.3), and the bounds of the blueprint.
 * Returns one problem per refused field, each with the rule and the way out; empty when the input may be rendered.
 */
export function checkAgainstBlueprint(check: BlueprintCheck): readonly FieldProblem[] {
  return [...checkChoices(check), ...checkAccount(check), ...checkEndpoint(check), ...checkNetwork(check), ...checkPools(check)];
}

function checkChoices({ input, blueprint }: BlueprintCheck): FieldProblem[] {
  const { fields, fixed } = blueprint;
  const version = notOffered("kubernetesVersion", input.kubernetesVersion, fields.kubernetesVersion.choices);
  const addons =
    version.length === 0 && fixed.addons[input.kubernetesVersion] === undefined
      ? [problem("kubernetesVersion", "noAddons", { version: input.kubernetesVersion })]
      : [];
  return [
    ...version,
    ...addons,
    ...notOffered("endpointAccess", input.endpointAccess, fields.endpointAccess.choices),
    ...notOffered("visibility", input.visibility, fields.visibility.choices),
  ];
}

const ROLE_ARN = /^arn:aws[a-z-]*:iam::[0-9]{12}:role\/.+$/;

/** The account's own data decides over encryption and access: a broken ARN would only show as a failed creation. */
function checkAccount({ input, blueprint, account, team }: BlueprintCheck): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!account.teams.some((one) => one === team)) problems.push(problem("account", "accountNotGranted", { account: input.account, team }));
  const principals = account.teamPrincipals[team];
  const roles = [account.platformPrincipalArn, ...(principals === undefined ? [] : [principals.developer, principals.lead])];
  for (const arn of roles.filter((one) => !ROLE_ARN.test(one)))
    problems.push(problem("account", "accountPrincipal", { account: input.account, arn }));
  if (principals === undefined) problems.push(problem("account", "accountWithoutPrincipals", { account: input.account, team }));
  const keyArn = new RegExp(`^arn:aws[a-z-]*:kms:${account.region}:[0-9]{12}:key/.+$`);
  if (blueprint.fixed.encryption && !keyArn.test(account.kmsKeyArn))
    problems.push(problem("account", "accountWithoutKey", { account: input.account, region: account.region }));
  if (blueprint.network.mode === "managed" && account.zones.length < blueprint.network.zones) {
    problems.push(
      problem("account", "accountZones", { account: input.account, zones: blueprint.network.zones, has: account.zones.length }),
    );
  }
  return problems;
}

function checkEndpoint({ input, blueprint }: BlueprintCheck): FieldProblem[] {
  const rule = blueprint.fields.publicCidrs;
  if (input.endpointAccess === "private" || rule === undefined)
    return input.publicCidrs === undefined ? [] : [problem("publicCidrs", "publicCidrsUnused", { access: input.endpointAccess })];
  if (input.publicCidrs === undefined) return rule.forbidOpen ? [problem("publicCidrs", "publicCidrsMissing")] : [];
  return input.publicCidrs.flatMap((text, index) =>
    checkPublicCidr(`publicCidrs.${index}`, text, { forbidOpen: rule.forbidOpen, earlier: input.publicCidrs?.slice(0, index) ?? [] }),
  );
}

function checkPublicCidr(
  path: string,
  text: string,
  { forbidOpen, earlier }: { readonly forbidOpen: boolean; readonly earlier: readonly string[] },
): FieldProblem[] {
  const cidr = parseCidr(text);
  if (cidr === null) return [problem(path, "cidrShape", { value: text })];
  if (forbidOpen && cidr.prefix < 8) return [problem(path, "publicCidrsOpen", { value: text })];
  if (!isRoutable(cidr)) return [problem(path, "publicCidrsPrivate", { value: text })];
  return earlier.includes(text) ? [problem(path, "duplicate", { value: text })] : [];
}
