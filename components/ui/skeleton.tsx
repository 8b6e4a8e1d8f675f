import { useTranslations } from "next-intl";

const WIDTHS = ["w-24", "w-32", "w-20", "w-28", "w-36"];

/** One grey bar where a text will stand. */
export function Skeleton({ className = "w-24" }: { readonly className?: string }) {
  return <span aria-hidden="true" className={`pulse-calm inline-block h-2.5 max-w-full rounded-[2px] bg-line align-middle ${className}`} />;
}

/** Rows at the height of the real ones; they appear after 200 ms. */
export function SkeletonRows({ rows = 6, columns = 4 }: { readonly rows?: number; readonly columns?: number }) {
  const t = useTranslations("uiKit");
  return (
    <div aria-busy="true" className="appear-late">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className="grid h-12 items-center gap-6 border-line-soft border-b"
          style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {Array.from({ length: columns }, (_, column) => (
            <Skeleton key={column} className={WIDTHS[(row * 2 + column * 3) % WIDTHS.length] ?? "w-24"} />
          ))}
        </div>
      ))}
    </div>
  );
}

/** A whole page on its way: title, sentence, rows. */
export function SkeletonPage({ rows = 8, columns = 4 }: { readonly rows?: number; readonly columns?: number }) {
  const t = useTranslations("uiKit");
  return (
    <div className="appear-late">
      <h1 className="sr-only">{t("loading")}</h1>
      <div className="mb-8 grid gap-3">
        <Skeleton className="h-5 w-56" />
        <Skeleton className="w-80" />
      </div>
      <SkeletonRows rows={rows} columns={columns} />
    </div>
  );
}
