"use client";
import type { RouteSpec } from "../../lib/domain/routes/route-input.ts";
import { FindingList, type Reader } from "../ui/finding-list.tsx";
import { RouteConditions } from "./route-conditions.tsx";
import { RouteConsumers } from "./route-consumers.tsx";
import type { ShownRoute } from "./route-data.ts";
import { RouteEvents } from "./route-events.tsx";
import { HowToCall, RouteFacts } from "./route-facts.tsx";
import { RoutePolicy } from "./route-policy.tsx";
import { RouteProofs } from "./route-proofs.tsx";
import { TrafficPath } from "./traffic-path.tsx";
import { WeightShift } from "./weight-shift.tsx";

type Props = { readonly route: ShownRoute; readonly reader: Reader; readonly spec: RouteSpec | null; readonly whyNotShift: string | null };

/** What is wrong, how a call travels, what is proven, who may call and who can. */
export function RouteOverview({ route, reader, spec, whyNotShift }: Props) {
  // Before anything is written there is nothing to prove and nobody to call it.
  if (route.status.state === "requested") return <RouteFacts route={route} />;
  return (
    <>
      <FindingList findings={route.status.findings} reader={reader} />
      <div className="mt-6 first:mt-0">{route.path.length > 0 && <TrafficPath route={route} />}</div>
      {route.can.change && (
        <div className="mt-8">
          <WeightShift route={route} spec={spec} why={whyNotShift} />
        </div>
      )}
      <Pair>
        <RouteProofs proofs={route.status.proofs} />
        <RoutePolicy policy={route.policy} />
      </Pair>
      <Pair>
        <RouteConsumers route={route} />
        <RouteEvents events={route.events} />
      </Pair>
      <Pair>
        <RouteFacts route={route} />
        <div className="min-w-0">
          <HowToCall sentences={route.howToCall} />
          <RouteConditions conditions={route.conditions} />
        </div>
      </Pair>
    </>
  );
}

/** Two parts beside each other where there is room. */
export function Pair({ children }: { readonly children: React.ReactNode }) {
  return (
    <div className="mt-8 grid grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)] items-start gap-x-10 gap-y-8 max-lg:grid-cols-1 [&>*]:min-w-0 [&>section]:mt-0">
      {children}
    </div>
  );
}
