"use client";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Dialog } from "../ui/dialog.tsx";

/** The address of a link, shown once: the portal keeps only its hash. */
export function WallUrl({ url, onClose }: { readonly url: string; readonly onClose: () => void }) {
  const t = useTranslations("uiWalls.url");
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("title")}
      description={t("text")}
      actions={
        <>
          <CopyButton text={url} label={t("copy")} variant="default" />
          <Button variant="primary" onClick={onClose}>
            {t("done")}
          </Button>
        </>
      }
    >
      <code lang="en" className="block rounded-sm bg-canvas px-2.5 py-2 text-caption [overflow-wrap:anywhere]">
        {url}
      </code>
    </Dialog>
  );
}
