import { type EmulatorHand, ensureServices, type ServiceOfAccount } from "./ensure-services.ts";

export const home = { account: "333344445555", region: "ap-northeast-1" };
/** Of another company's team: nothing of it is in the bootstrap file, and only what it shares through RAM is seen. */
const riskTeam = "666677778888";
/** Where the machines stand that never moved to Kubernetes; it has the addresses of the storefront's VPC. */
const legacyVpc = "vpc-0d4f5061728394a5b";
const region = home.region;
const mayCall = (...roles: string[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: roles.map((role) => `arn:aws:iam::${home.account}:role/${role}`) },
        Action: "vpc-lattice-svcs:Invoke",
        Resource: "*",
      },
    ],
  });

/** Lattice services that no route of Kubernetes makes, by what stands behind them; the last is another account's. */
const foreignServices: readonly ServiceOfAccount[] = [
  {
    account: home.account,
    networks: ["net-prod", "net-shared"],
    service: {
      name: "tax-rates",
      tags: { team: "finance" },
      listener: { protocol: "HTTPS", port: 443 },
      authPolicy: mayCall("payments-checkout", "shop-storefront"),
      groups: [
        {
          name: "tax-rates-live",
          type: "LAMBDA",
          targets: [{ id: `arn:aws:lambda:${region}:${home.account}:function:tax-rates:live` }],
        },
      ],
    },
  },
  {
    account: home.account,
    networks: ["net-shared"],
    service: {
      name: "mainframe-bridge",
      tags: { team: "core-banking" },
      listener: { protocol: "HTTPS", port: 443 },
      groups: [
        {
          name: "mainframe-bridge",
          type: "INSTANCE",
          vpcId: legacyVpc,
          port: 9443,
          protocol: "HTTPS",
          targets: [{ id: "i-0d4f50617283940a1" }, { id: "i-0d4f50617283940a2" }],
        },
      ],
    },
  },
  {
    account: home.account,
    networks: ["net-prod"],
    service: {
      name: "legacy-billing",
      tags: { team: "billing" },
      listener: { protocol: "HTTP", port: 80 },
      groups: [
        {
          name: "legacy-billing-alb",
          type: "ALB",
          vpcId: legacyVpc,
          port: 80,
          targets: [{ id: `arn:aws:elasticloadbalancing:${region}:${home.account}:loadbalancer/app/legacy-billing/50dc6c495c0c9188` }],
        },
      ],
    },
  },
  {
    account: riskTeam,
    sharedWith: home.account,
    networks: ["net-prod"],
    service: {
      name: "fraud-scores",
      tags: { team: "risk" },
      listener: { protocol: "HTTPS", port: 443 },
      groups: [
        {
          name: "fraud-scores-live",
          type: "LAMBDA",
          targets: [{ id: `arn:aws:lambda:${region}:${riskTeam}:function:fraud-scores:live` }],
        },
      ],
    },
  },
];

/** What owners outside Kubernetes have in the emulated AWS. What is there already is left alone. */
export function applyForeignServices(hand: EmulatorHand): Promise<void> {
  return ensureServices(hand, { ...home, services: foreignServices });
}
