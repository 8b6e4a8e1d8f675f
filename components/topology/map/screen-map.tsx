"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { queryKeys } from "../../live/query-keys.ts";
import { useLiveQuery } from "../../live/use-live-query.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Status } from "../../ui/status.tsx";

const WallMap = dynamic(() => import("./wall-map.tsx").then((module) => module.WallMap), { ssr: false });

type Props = {
  /** The filter in the order of `inputQuery`. */
  readonly input: Parameters<typeof queryKeys.topology>[0];
};

/** The wall for a screen with a wall link: nobody is signed in, so there is no way back into the portal. */
export function ScreenMap({ input }: Props) {
  const t = useTranslations("uiMap");
  const words = useTranslations("uiWall");
  const query = useLiveQuery(queryKeys.topology(input));
  if (query.data !== undefined) return <WallMap view={query.data} map={JSON.stringify(input)} />;
  if (query.isError)
    return (
      <ErrorState title={t("errorTitle")} onRetry={() => void query.refetch()}>
        {query.error.message}
      </ErrorState>
    );
  return (
    <p role="status" className="grid min-h-screen place-items-center">
      <Status glyph="progressing">{words("opening")}</Status>
    </p>
  );
}
