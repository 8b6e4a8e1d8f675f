import { absentFamilyOperations } from "./absent-families.ts";
import { accessLogOperations } from "./access-logs.ts";
import { authPolicyOperations } from "./auth-policies.ts";
import { listenerOperations } from "./listeners.ts";
import type { Operation } from "./operation.ts";
import { ruleOperations } from "./rules.ts";
import { serviceAssociationOperations } from "./service-associations.ts";
import { serviceNetworkOperations } from "./service-networks.ts";
import { serviceOperations } from "./services.ts";
import { tagOperations } from "./tags.ts";
import { targetGroupOperations } from "./target-groups.ts";
import { targetOperations } from "./targets.ts";
import { vpcAssociationOperations } from "./vpc-associations.ts";

/** Every operation of the Lattice API the emulator knows. */
export const latticeOperations: readonly Operation[] = [
  ...serviceNetworkOperations,
  ...serviceOperations,
  ...serviceAssociationOperations,
  ...vpcAssociationOperations,
  ...listenerOperations,
  ...ruleOperations,
  ...targetGroupOperations,
  ...targetOperations,
  ...authPolicyOperations,
  ...accessLogOperations,
  ...tagOperations,
  ...absentFamilyOperations,
];
