import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AreaMessages } from "../../components/shell/area-messages.tsx";
import { OpenWall } from "../../components/tenancy/open-wall.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiWall"))("title"), referrer: "no-referrer" };
}

/** Where a wall link leads: the browser exchanges the token behind the `#` for a cookie and goes on to the map. */
export default function WallPage() {
  return (
    <AreaMessages names={["uiWall"]}>
      <OpenWall />
    </AreaMessages>
  );
}
