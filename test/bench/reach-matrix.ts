import { reachGrid } from "../../lib/domain/topology/reach-grid.ts";
import { facts, guarded, lattice, NOW, POD } from "../../lib/domain/topology/reach-testing.ts";
import type { Figure } from "./figure.ts";

const CALLERS = 50;
const SERVICES = 200;
const ROUNDS = 5;

/** All layers of 50 clusters against 200 services, each with a policy of its own of ten statements that none of the clusters fits first. */
export function measureReachMatrix(): Figure {
  const callers = Array.from({ length: CALLERS }, (_, n) => ({
    ...POD,
    view: { ...POD.view, id: `cluster/team-shop/c${n}`, name: `c${n}` },
  }));
  const once = () => reachGrid("net-prod", { callers, services: Array.from({ length: SERVICES }, (_, n) => serviceOf(n)), now: NOW });
  const { cells } = once();
  if (cells.flat().length !== CALLERS * SERVICES) throw new Error("the matrix is not whole");
  const begun = performance.now();
  for (let n = 0; n < ROUNDS; n += 1) once();
  return { name: "reach matrix, 50 clusters × 200 services", figure: (performance.now() - begun) / ROUNDS, unit: "ms", budget: 1_000 };
}

function serviceOf(n: number) {
  const statement = (vpc: string) => ({
    Effect: "Allow",
    Principal: "*",
    Action: "vpc-lattice-svcs:Invoke",
    Resource: `arn:aws:vpc-lattice:*:*:service/*/v1/*`,
    Condition: { StringEquals: { "vpc-lattice-svcs:SourceVpc": vpc, "vpc-lattice-svcs:RequestMethod": ["GET", "POST"] } },
  });
  const statements = [...Array.from({ length: 9 }, (_, other) => statement(`vpc-${n}${other}`)), statement("vpc-0b")];
  const base = facts({ lattice: lattice(guarded(JSON.stringify({ Version: "2012-10-17", Statement: statements }))) });
  return { ...base, service: { ...base.service, name: `orders-${n}` } };
}
