"use client";
import { Monitor, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { useTicking } from "../ui/clock.tsx";
import { ClockTime } from "../ui/clock-time.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PlainTable } from "../ui/plain-table.tsx";
import { Status } from "../ui/status.tsx";
import { UserText } from "../ui/user-text.tsx";
import { NewWallDialog } from "./new-wall-dialog.tsx";
import { RenewWallDialog } from "./renew-wall-dialog.tsx";
import { RevokeWallDialog } from "./revoke-wall-dialog.tsx";
import { filterParts, type ShownWall, WALL_GLYPH, type WallChoices } from "./wall-data.ts";

type Asking = { readonly what: "new" } | { readonly what: "renew" | "revoke"; readonly link: ShownWall } | null;

/** Links that show the map on a screen. Only one browser can open each, once; a screen that lost its cookie gets a new address. */
export function WallList({ links, choices }: { readonly links: readonly ShownWall[]; readonly choices: WallChoices }) {
  const t = useTranslations("uiWalls");
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  const add = (
    <Button variant="primary" icon={<Plus size={16} aria-hidden="true" />} onClick={() => setAsking({ what: "new" })}>
      {t("add")}
    </Button>
  );
  return (
    <>
      {links.length === 0 ? (
        <EmptyState icon={Monitor} title={t("empty")} actions={add}>
          {t("lead")}
        </EmptyState>
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-start justify-between gap-3">
            <p className="max-w-[44em] text-muted text-table">{t("lead")}</p>
            {add}
          </div>
          <PlainTable
            label={t("label")}
            columns={[
              { id: "name", header: t("name") },
              { id: "state", header: t("state") },
              { id: "by", header: t("by"), narrow: "right" },
              { id: "used", header: t("used"), narrow: "right" },
              { id: "expires", header: t("expires") },
              { id: "actions", header: t("actions"), narrow: "right" },
            ]}
            rows={links.map((link) => ({
              key: link.id,
              cells: {
                name: <Name link={link} />,
                state: <WallState link={link} />,
                by: link.createdBy,
                used: link.lastUsedAt === null ? <span className="text-muted">{t("never")}</span> : <Age at={link.lastUsedAt} />,
                expires: <ClockTime at={link.expiresAt} />,
                actions: <Actions link={link} onAsk={(what) => setAsking({ what, link })} />,
              },
            }))}
          />
        </>
      )}
      {asking?.what === "new" && <NewWallDialog choices={choices} onClose={close} />}
      {asking?.what === "renew" && <RenewWallDialog link={asking.link} onClose={close} />}
      {asking?.what === "revoke" && <RevokeWallDialog link={asking.link} onClose={close} />}
    </>
  );
}

function Name({ link }: { readonly link: ShownWall }) {
  const t = useTranslations("uiWalls.filter");
  const parts = filterParts(link.filter).map(({ name, value }) => t(`part.${name}`, { value }));
  const words = [...parts, ...(link.filter.health === undefined ? [] : [t("part.unhealthy")])];
  return (
    <span className="[overflow-wrap:anywhere]">
      <b>
        <UserText>{link.name}</UserText>
      </b>
      <small className="block text-caption text-muted">{words.length === 0 ? t("everything") : words.join(t("comma"))}</small>
    </span>
  );
}

/** The state as of now: a link that runs out while somebody looks is not left green. */
function WallState({ link }: { readonly link: ShownWall }) {
  const t = useTranslations("uiWalls.is");
  const over = useTicking((nowMs) => (nowMs >= Date.parse(link.expiresAt) ? 1 : 0)) === 1;
  const state = over && link.state !== "revoked" ? "expired" : link.state;
  return (
    <span>
      <Status glyph={WALL_GLYPH[state]}>{t(state)}</Status>
      {link.revokeReason !== null && (
        <small className="block text-caption text-muted [overflow-wrap:anywhere]">
          <UserText>{link.revokeReason}</UserText>
        </small>
      )}
    </span>
  );
}

function Actions({ link, onAsk }: { readonly link: ShownWall; readonly onAsk: (what: "renew" | "revoke") => void }) {
  const t = useTranslations("uiWalls");
  if (link.state !== "unused" && link.state !== "open") return null;
  return (
    <span className="flex flex-wrap gap-2">
      <Button size="small" aria-label={t("renewOf", { name: link.name })} onClick={() => onAsk("renew")}>
        {t("renew")}
      </Button>
      <Button size="small" variant="danger" aria-label={t("revokeOf", { name: link.name })} onClick={() => onAsk("revoke")}>
        {t("revoke")}
      </Button>
    </span>
  );
}
