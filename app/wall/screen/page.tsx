import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { WallEnded } from "../../../components/tenancy/wall-ended.tsx";
import { findMapReader } from "../../../lib/server/map-reader.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiWall"))("title"), referrer: "no-referrer" };
}

/** `/topology?wall` for a browser with a wall cookie: the guard leads here, so that no part of the portal stands around the map. */
export default async function WallScreen() {
  const reader = await findMapReader(await headers());
  if (reader === null) return <WallEnded />;
  return <main id="main" className="min-h-screen bg-surface" />;
}
