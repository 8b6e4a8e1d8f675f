type Props = { readonly label: string; readonly text: string; readonly used: number; readonly added?: number; readonly limit: number };

/** Quota: used solid, this hatched, left empty. Over the limit the scale grows and the limit gets a tick; the text repeats the numbers. */
export function Meter({ label, text, used, added = 0, limit }: Props) {
  const total = used + added;
  const over = total > limit;
  const scale = Math.max(limit, total, 1);
  const percent = (amount: number) => `${(amount / scale) * 100}%`;
  const hatch = over ? "[--hatch:var(--tr-attention)] [--hatch-line:var(--tr-attention-line)]" : "";
  return (
    <div className="grid gap-1 text-caption">
      <div className="flex justify-between gap-2">
        <span>{label}</span>
        <span className="text-muted tabular-nums">{text}</span>
      </div>
      <div
        role="img"
        aria-label={`${label}: ${text}`}
        className="relative flex h-2 overflow-hidden rounded-[2px] bg-surface shadow-[inset_0_0_0_1px_var(--tr-line-strong)]"
      >
        <span className="bg-line-strong" style={{ width: percent(used) }} />
        {added > 0 && <span className={`hatched border-surface border-l-2 ${hatch}`} style={{ width: percent(added) }} />}
        {over && <span className="absolute inset-y-0 w-0.5 bg-text" style={{ left: percent(limit) }} />}
      </div>
    </div>
  );
}
