"use client";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef, useState } from "react";
import { isOrdered, orderRules } from "../../lib/domain/routes/order-rules.ts";
import { ruleWarnings } from "../../lib/domain/routes/rule-warnings.ts";
import { Button } from "../ui/button.tsx";
import type { FieldErrors } from "../ui/field-errors.ts";
import { FormGroup } from "../ui/form-group.tsx";
import { Hint } from "../ui/hint.tsx";
import { Kbd } from "../ui/kbd.tsx";
import type { ShownCheck } from "../ui/preflight-list.tsx";
import { useMessage } from "../ui/use-message.ts";
import { asProtocolAllows, matchOf, sidesOfRule } from "./draft-spec.ts";
import { MOST_RULES, newRule, type RouteDraft, type RuleDraft } from "./route-draft.ts";
import { type RuleNote, RuleRow } from "./rule-row.tsx";
import { TryCall } from "./try-call.tsx";

type Props = {
  readonly draft: RouteDraft;
  readonly change: (patch: Partial<RouteDraft>) => void;
  readonly errors: FieldErrors;
  readonly checks: readonly ShownCheck[];
};

/** The rules in the order in which they are tried: drag a row, or move it with Alt and an arrow. The last row, which nobody can change, is the 404. */
export function RuleBuilder({ draft, change, errors, checks }: Props) {
  const t = useTranslations("uiRoutes.form");
  const say = useMessage();
  const { rules, protocol } = asProtocolAllows(draft);
  const [dragged, setDragged] = useState<string | null>(null);
  const order = useMoving(rules, (next) => change({ rules: next }));
  const edit = (key: string, patch: Partial<RuleDraft>) =>
    change({ rules: draft.rules.map((rule) => (rule.key === key ? { ...rule, ...patch } : rule)) });
  const matches = rules.map((rule) => ({ match: matchOf(rule, protocol) }));
  const warnings =
    protocol === "tls"
      ? []
      : ruleWarnings(rules.map((rule, at) => ({ match: matches[at]?.match ?? { headers: [] }, backends: backendsOf(rule, draft) })));
  const add = () => change({ rules: [...rules, newRule(rules.at(-1)?.weights ?? {})] });
  const sort = () => {
    const sorted = orderRules(rules.map((rule) => ({ rule, match: matchOf(rule, protocol) })));
    change({ rules: sorted.map(({ rule }) => rule) });
  };
  const notesOf = (at: number): readonly RuleNote[] => [
    ...errors.under(`rules.${at}`).map((text) => ({ tone: "error" as const, text })),
    ...warnings
      .filter(({ rule }) => rule === at + 1)
      .map(({ code, message }) => ({
        tone: "warning" as const,
        text: say(message),
        fix: code === "prefixTakesMore" ? ("slash" as const) : undefined,
      })),
    ...checks
      .filter(({ path, result }) => path?.startsWith(`rules.${at}.`) === true && result !== "ok")
      .map(({ sentence }) => ({ tone: "warning" as const, text: sentence })),
  ];
  return (
    <FormGroup title={t("rules")} note={protocol === "tls" ? undefined : t("rulesHint")}>
      <div>
        <ol aria-label={t("rules")} className="border-line border-t">
          {rules.map((rule, at) => (
            <RuleRow
              key={rule.key}
              rule={rule}
              n={at + 1}
              count={rules.length}
              draft={draft}
              notes={notesOf(at)}
              invalid={errors.under(`rules.${at}`).length > 0}
              dragging={dragged === rule.key}
              onDrag={(on) => setDragged(on ? rule.key : null)}
              onDragOver={() => {
                if (dragged !== null && dragged !== rule.key) order.put(dragged, at);
              }}
              onMove={(by) => order.move(rule.key, by)}
              onEdit={(patch) => edit(rule.key, patch)}
              onRemove={rules.length > 1 ? () => change({ rules: rules.filter(({ key }) => key !== rule.key) }) : null}
            />
          ))}
        </ol>
        {protocol !== "tls" && (
          <p className="grid grid-cols-[16px_20px_minmax(0,1fr)] items-center gap-2 py-2.5 text-muted text-table">
            <span />
            <span
              aria-hidden="true"
              className="grid size-5 place-items-center rounded-full border border-line-strong border-dashed text-caption"
            >
              –
            </span>
            <span>{t.rich("anyOther", { b: (chunks) => <b className="text-text">{chunks}</b> })}</span>
          </p>
        )}
        <p role="status" className="sr-only">
          {order.said}
        </p>
      </div>
      {errors.of("rules").map((text) => (
        <Hint key={text} tone="error">
          {text}
        </Hint>
      ))}
      {protocol !== "tls" && (
        <>
          <div className="flex flex-wrap items-center gap-2.5">
            <Button
              size="small"
              icon={<Plus size={14} aria-hidden="true" />}
              refusal={rules.length >= MOST_RULES ? t("ruleLimit", { max: MOST_RULES }) : null}
              onClick={add}
            >
              {t("addRule")}
            </Button>
            {!isOrdered(matches) && (
              <Button size="small" variant="quiet" onClick={sort}>
                {t("order")}
              </Button>
            )}
            <span className="flex items-center gap-1 text-caption text-faint max-md:hidden">
              {t("ruleCount", { count: rules.length, max: MOST_RULES })} <Kbd>Alt ↑</Kbd> <Kbd>Alt ↓</Kbd>
            </span>
          </div>
          {warnings
            .filter(({ rule, code }) => rule === null && code === "notOrdered")
            .map(({ code, message }) => (
              <Hint key={code} tone="warning">
                {say(message)}
              </Hint>
            ))}
          <TryCall rules={matches} protocol={protocol} />
        </>
      )}
    </FormGroup>
  );
}

function backendsOf(rule: RuleDraft, draft: RouteDraft): { readonly kubeService: string; readonly weight: number }[] {
  return sidesOfRule(rule, draft.sides).map(({ key, kubeService }) => ({ kubeService, weight: Number(rule.weights[key]) || 0 }));
}

type Moving = {
  readonly move: (key: string, by: 1 | -1) => void;
  readonly put: (key: string, at: number) => void;
  /** What a reader is told: "rule 2 of 3". */
  readonly said: string;
};

/** Changes the order of the rules and says so; what had the focus keeps it, although its row was moved in the page. */
function useMoving(rules: readonly RuleDraft[], onOrder: (rules: readonly RuleDraft[]) => void): Moving {
  const t = useTranslations("uiRoutes.form");
  const [said, setSaid] = useState("");
  const focused = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    if (focused.current !== null && focused.current !== document.activeElement) focused.current.focus();
    focused.current = null;
  }, [rules]);
  const put = (key: string, to: number) => {
    const from = rules.findIndex((rule) => rule.key === key);
    const rule = rules[from];
    if (rule === undefined || to < 0 || to >= rules.length || to === from) return;
    focused.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const rest = rules.filter((one) => one !== rule);
    onOrder([...rest.slice(0, to), rule, ...rest.slice(to)]);
    setSaid(t("moved", { n: to + 1, count: rules.length }));
  };
  return { put, move: (key, by) => put(key, rules.findIndex((rule) => rule.key === key) + by), said };
}
