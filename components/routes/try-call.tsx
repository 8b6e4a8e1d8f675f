"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { explainCall } from "../../lib/domain/routes/explain-call.ts";
import type { RouteMatch } from "../../lib/domain/routes/route-input.ts";
import { Field } from "../ui/field.tsx";
import { TextInput } from "../ui/input.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import { useMessage } from "../ui/use-message.ts";
import { readTriedCall } from "./tried-call.ts";

type Props = { readonly rules: readonly { readonly match: RouteMatch }[]; readonly protocol: "http" | "grpc" };

/** Which rule answers a call, and why the earlier ones do not: worked out here, from what is typed above. */
export function TryCall({ rules, protocol }: Props) {
  const t = useTranslations("uiRoutes.form");
  const say = useMessage();
  const [typed, setTyped] = useState("");
  const call = readTriedCall(typed, protocol);
  const answer = call === null ? null : explainCall(rules, call);
  return (
    <div className="rounded-md border border-line bg-canvas px-3.5 py-3">
      <Field label={t("try")} help={answer === null ? t(protocol === "grpc" ? "tryHintGrpc" : "tryHint") : undefined}>
        {(control) => (
          <TextInput
            {...control}
            mono
            placeholder={protocol === "grpc" ? "shop.Cart/Add" : "GET /v1/orders/4711 x-tier: batch"}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <div aria-live="polite" className="text-table empty:hidden">
        {answer !== null && (
          <>
            <p className="mt-2 flex items-start gap-[7px] font-medium">
              <StatusGlyph glyph={answer.rule === null ? "attention" : "ok"} className="mt-[3px]" />
              {say(answer.sentence)}
            </p>
            <ol className="mt-1 grid gap-0.5 text-caption">
              {answer.tried.map(({ rule, takes, why }) => (
                <li key={rule} className="flex items-start gap-1.5">
                  <StatusGlyph glyph={takes ? "ok" : "closed"} size={12} className="mt-0.5" />
                  <span>
                    {t("ruleN", { n: rule })} <span className="text-muted">{say(why)}</span>
                  </span>
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </div>
  );
}
