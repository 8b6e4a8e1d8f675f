"use client";
import { Terminal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { paths } from "../../../lib/paths.ts";
import { Button } from "../../ui/button.tsx";
import { CommandTwin, type TwinLine } from "../../ui/command-twin.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { LinkTabs } from "../../ui/link-tabs.tsx";
import { PageHead } from "../../ui/page-head.tsx";

type Props = {
  readonly view: "call" | "network";
  /** The network that the second view opens with; null when the reader sees none. */
  readonly network: string | null;
  /** The same on the command line; null while nothing is asked. */
  readonly commands: readonly TwinLine[] | null;
};

/** The page's name, its two views, and the command twin of what is shown. */
export function ReachHead({ view, network, commands }: Props) {
  const t = useTranslations("uiReach");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PageHead
        title={t("title")}
        facts={t("subtitle")}
        actions={
          commands !== null && (
            <Button variant="quiet" icon={<Terminal size={16} aria-hidden="true" />} onClick={() => setOpen(true)}>
              {t("command")}
            </Button>
          )
        }
      />
      {network !== null && (
        <LinkTabs
          label={t("views")}
          current={view}
          tabs={[
            { id: "call", label: t("view.call"), href: paths.reach() },
            { id: "network", label: t("view.network"), href: paths.reach({ network }) },
          ]}
        />
      )}
      {commands !== null && (
        <Dialog open={isOpen} onOpenChange={setOpen} wide title={t("command")}>
          <CommandTwin label={t("command")} lines={commands} />
        </Dialog>
      )}
    </>
  );
}
