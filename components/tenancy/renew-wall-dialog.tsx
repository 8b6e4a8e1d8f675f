"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { renewWallLinkAction } from "../../lib/actions/tenancy.ts";
import { Hint } from "../ui/hint.tsx";
import type { ShownWall } from "./wall-data.ts";
import { WallDialog } from "./wall-dialog.tsx";
import { WallUrl } from "./wall-url.tsx";

/** A new address for the same link; the screen that has it now goes dark. */
export function RenewWallDialog({ link, onClose }: { readonly link: ShownWall; readonly onClose: () => void }) {
  const t = useTranslations("uiWalls");
  const router = useRouter();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [url, setUrl] = useState<string | null>(null);
  const [busy, start] = useTransition();
  const submit = () =>
    start(async () => {
      const result = await renewWallLinkAction({ id: link.id });
      if (!result.ok) return setRefusal(result.error.message);
      setUrl(result.data.url);
      router.refresh();
    });
  if (url !== null) return <WallUrl url={url} onClose={onClose} />;
  return (
    <WallDialog
      title={t("renewOf", { name: link.name })}
      text={t("renewText")}
      submit={{ word: t("renew"), variant: "primary", busy, run: submit }}
      onClose={onClose}
    >
      {refusal !== null && (
        <div role="alert">
          <Hint tone="error">{refusal}</Hint>
        </div>
      )}
    </WallDialog>
  );
}
