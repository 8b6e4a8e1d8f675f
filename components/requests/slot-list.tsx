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
      {slots.map((slot) => (
        <Row key={slot.id} dense>
          <StatusGlyph glyph={slot.filledBy === null ? "waiting" : "ok"} />
          <span className="min-w-0 flex-1">{slot.who}</span>
          <span className="text-caption text-muted">
            {slot.filledBy === null ? t("slotOpen") : slot.filledBy.name}
            {slot.filledAt !== null && (
              <>
                {" "}
                <Age at={slot.filledAt} />
              </>
            )}
          </span>
        </Row>
      ))}
    </Rows>
  );
}
