import type { z } from "zod";
import { type Message, message } from "../message.ts";
import type { ObservedConsumer, ObservedRoute } from "./observed-route.ts";
import { type Called, reachabilityOf } from "./reachability.ts";
import type { ConsumerView } from "./route-view.ts";

/** Each caller with whether its calls can arrive; what cannot be read is said to be not checked, never guessed. */
export function consumerViews(observed: Called & Pick<ObservedRoute, "consumers">, now: Date): readonly z.infer<typeof ConsumerView>[] {
  const levels = [observed.lattice?.detail, ...(observed.lattice?.networks ?? []).map(({ detail }) => detail)];
  const isSigned = levels.some((detail) => detail?.value.authType === "AWS_IAM");
  return observed.consumers.map((consumer) => {
    const { reachable, glyph, sentence } = reachabilityOf(observed, consumer, now);
    const { name, team, cluster, vpcId } = consumer;
    return {
      name,
      team,
      cluster,
      vpcId,
      words: callWords(consumer),
      glyph,
      reachable,
      sentence,
      notChecked: ["dns", "securityGroups", ...(isSigned ? ["signing"] : [])].map((what) => message(`routeViews.notChecked.${what}`)),
    };
  });
}

/** "may GET /v1/*". */
function callWords({ methods, paths }: ObservedConsumer): Message {
  return message("routeViews.mayCall", {
    methodCount: methods.length,
    methods: methods.join(", "),
    pathCount: paths.length,
    paths: paths.join(", "),
  });
}
