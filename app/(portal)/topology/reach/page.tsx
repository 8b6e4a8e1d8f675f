import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { entry, Hydrated } from "../../../../components/live/hydrated.tsx";
import { queryKeys } from "../../../../components/live/query-keys.ts";
import { isPlatformAdmin } from "../../../../components/shell/shell-data.ts";
import { isAskable } from "../../../../components/topology/reach/check-question.ts";
import { MatrixPage } from "../../../../components/topology/reach/matrix-page.tsx";
import { matrixCommands, reachCommands } from "../../../../components/topology/reach/reach-commands.ts";
import { ReachHead } from "../../../../components/topology/reach/reach-head.tsx";
import { ReachPage } from "../../../../components/topology/reach/reach-page.tsx";
import { type ReachDraft, reachSearch, readReachDraft } from "../../../../components/topology/reach/reach-question.ts";
import { portal } from "../../../../lib/server/composition.ts";
import { findForPage, readForPage } from "../../../../lib/server/read-page.ts";
import { whoAmI } from "../../../../lib/services/tenancy/who-am-i.ts";
import { askReach } from "../../../../lib/services/topology/ask-reach.ts";
import { reachMatrix } from "../../../../lib/services/topology/reach-matrix.ts";
import { reachOptions } from "../../../../lib/services/topology/reach-options.ts";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiReach"))("title") };
}

/** One question, or with `network` all of them at once. */
export default async function CanACallB({ searchParams }: Props) {
  const params = await searchParams;
  const network = typeof params["network"] === "string" ? params["network"] : null;
  return network === null ? <OneCall asked={readReachDraft(params)} /> : <WholeNetwork network={network} only={params["only"]} />;
}

async function OneCall({ asked }: { readonly asked: ReachDraft }) {
  const search = reachSearch(asked);
  const [choices, me, answer] = await Promise.all([
    readForPage(reachOptions, {}),
    readForPage(whoAmI, {}),
    isAskable(asked) ? findForPage(askReach, { caller: "", service: "", ...search }) : null,
  ]);
  return (
    <Hydrated entries={answer === null ? [] : [entry(queryKeys.reach(search), answer)]}>
      <ReachHead
        view="call"
        network={choices.networks[0] ?? null}
        commands={isAskable(asked) ? reachCommands(portal().settings.baseUrl, search) : null}
      />
      <ReachPage asked={asked} choices={choices} reader={{ teams: me.teams.map(({ id }) => id), isPlatform: isPlatformAdmin(me) }} />
    </Hydrated>
  );
}

async function WholeNetwork({ network, only }: { readonly network: string; readonly only: string | string[] | undefined }) {
  const [choices, matrix] = await Promise.all([readForPage(reachOptions, {}), findForPage(reachMatrix, { network })]);
  return (
    <Hydrated entries={matrix === null ? [] : [entry(queryKeys.reachMatrix(network), matrix)]}>
      <ReachHead view="network" network={network} commands={matrixCommands(portal().settings.baseUrl, network)} />
      <MatrixPage network={network} networks={choices.networks} onlyRefused={only === "refused"} />
    </Hydrated>
  );
}
