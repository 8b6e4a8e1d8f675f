import { accountOf } from "../../domain/routes/account-of.ts";
import { LATTICE_LISTS } from "../../domain/routes/lattice-fact.ts";
import type { PollState } from "../../domain/routes/poll-plan.ts";
import { type AccountFacts, exportKey } from "./account-facts.ts";

/** Two listeners with a rule and a default each, until they were read once. */
const USUAL_LISTENER_CALLS = 4;
/** The tagging API is some time behind; a thing that has no tags by then has none. */
const TAGS_LAG_MS = 120_000;
const WELL = new Set(["HEALTHY", "UNAVAILABLE", "UNUSED"]);

/** What the poller plans from. Costs one walk over the account's services and groups. */
export function pollState(facts: AccountFacts, asked: Pick<PollState, "attended" | "unsettled" | "wanted">): PollState {
  const { kept } = facts;
  const lists = new Map([...kept.list.entries()].map(([list, { at }]) => [list, at]));
  const pins = [...asked.attended, ...asked.wanted.keys(), ...asked.unsettled].flatMap((serviceName) =>
    (facts.questions.get(serviceName)?.pins ?? []).flatMap((pin) => {
      if (facts.groupsOfExport.of(exportKey(pin)).size > 0) return [];
      const { clusterName, namespace, exportName } = pin;
      return [{ serviceName, clusterName, namespace, exportName, askedAt: facts.listAt(LATTICE_LISTS.pin(pin)) }];
    }),
  );
  const [groupTagsAt, serviceTagsAt] = [facts.listAt(LATTICE_LISTS.groupTags), facts.listAt(LATTICE_LISTS.serviceTags)];
  return {
    ...asked,
    lists,
    networkIds: [...kept.network.entries()].map(([id]) => id),
    networkReads: [...kept.network.entries()].map(([id]) => ({
      id,
      detailAt: kept["network-detail"].get(id)?.at ?? null,
      policyAt: kept["network-policy"].get(id)?.at ?? null,
    })),
    vpcReads: [...kept.vpc.entries()].map(([id]) => ({ id, detailAt: kept["vpc-detail"].get(id)?.at ?? null })),
    services: [...kept.service.entries()].map(([id, { value }]) => {
      const listeners = kept.listeners.get(id);
      return {
        id,
        name: value.name,
        owner: accountOf(value.arn),
        hasTags: hasTags(kept["service-tags"].get(id), kept.service.since(id), serviceTagsAt),
        readAt: {
          detail: kept.detail.get(id)?.at ?? null,
          listeners: listeners?.at ?? null,
          policy: kept.policy.get(id)?.at ?? null,
          logs: kept.logs.get(id)?.at ?? null,
          "associations-of": kept.list.get(LATTICE_LISTS.associationsOf(id))?.at ?? null,
        },
        listenerCalls: listeners?.value.items.reduce((sum, { rules }) => sum + 1 + rules.length, 1) ?? USUAL_LISTENER_CALLS,
      };
    }),
    groups: [...kept.group.entries()].map(([id, { value }]) => {
      const targets = kept.targets.get(id);
      return {
        id,
        serviceNames: facts.servicesOfGroup(id),
        hasTags: hasTags(kept["group-tags"].get(id), kept.group.since(id), groupTagsAt),
        isUsed: value.serviceArns.length > 0,
        isWell: targets !== undefined && targets.value.items.length > 0 && targets.value.items.every(({ status }) => WELL.has(status)),
        targetsAt: targets?.at ?? null,
      };
    }),
    missingPins: pins,
  };
}

function hasTags(tags: unknown, since: Date | undefined, listedAt: Date | null): boolean {
  if (tags !== undefined || since === undefined) return true;
  return listedAt !== null && listedAt.getTime() >= since.getTime() + TAGS_LAG_MS;
}
