import type { ObservedConsumer } from "./observed-route.ts";

type Named = Pick<ObservedConsumer, "roleArn" | "vpcId">;

/** Whom a policy means by a role's ARN or a VPC's id. A VPC is not named after one of the roles that call from it. */
export function namedConsumer<Consumer extends Named>(consumers: readonly Consumer[], principal: string): Consumer | null {
  return consumers.find(({ roleArn, vpcId }) => roleArn === principal || (roleArn === null && vpcId === principal)) ?? null;
}
