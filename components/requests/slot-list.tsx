"use client";
import { useTranslations } from "next-intl";
import { Age } from "../ui/age.tsx";
import { Row, Rows } from "../ui/rows.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import type { ShownRequest } from "./request-data.ts";

/** The approvals that the policy demands, and who has given which. */
export function SlotList({ slots }: { readonly slots: ShownRequest["slots"] }) {
  const t = useTranslations("uiRequests.page");
  return (
    <Rows label={t("slots")}>
      {slots.map((slot) => {
        const before = slots.find(({ id }) => id === slot.after);
        const later = before !== undefined && before.filledBy === null;
        return (
          <Row key={slot.id} dense>
            <StatusGlyph glyph={slot.filledBy !== null ? "ok" : later ? "todo" : "waiting"} />
            <span className="min-w-0 flex-1">
              {slot.who}
              {before !== undefined && <small className="block text-caption text-muted">{t("slotAfter", { who: before.who })}</small>}
            </span>
            <span className="text-caption text-muted">
              {slot.filledBy === null ? t(later ? "slotLater" : "slotOpen") : slot.filledBy.name}
              {slot.filledAt !== null && (
                <>
                  {" "}
                  <Age at={slot.filledAt} />
                </>
              )}
            </span>
          </Row>
        );
      })}
    </Rows>
  );
}
