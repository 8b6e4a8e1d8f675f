import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { LiveProvider } from "../../../components/live/live-provider.tsx";
import { AreaMessages } from "../../../components/shell/area-messages.tsx";
import { WallEnded } from "../../../components/tenancy/wall-ended.tsx";
import { inputQuery, readAddress } from "../../../components/topology/map/map-address.ts";
import { ScreenMap } from "../../../components/topology/map/screen-map.tsx";
import { findMapReader } from "../../../lib/server/map-reader.ts";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiWall"))("title"), referrer: "no-referrer" };
}

/** `/topology?wall` for a browser with a wall cookie: the guard leads here, so that no part of the portal stands around the map. The screen reads the map by its own door. */
export default async function WallScreen({ searchParams }: Props) {
  const reader = await findMapReader(await headers());
  if (reader === null) return <WallEnded />;
  const { input } = readAddress(await searchParams);
  return (
    <AreaMessages names={["uiMap", "topology", "uiWall"]}>
      <LiveProvider session={`wall-${reader.type === "wall" ? reader.linkId : reader.userId}`} whenOver="reload">
        <main id="main" className="min-h-screen bg-surface">
          <ScreenMap input={inputQuery(input)} />
        </main>
      </LiveProvider>
    </AreaMessages>
  );
}
