import { QuietLink as Link } from "./quiet-link.tsx";

type Props = {
  readonly label: string;
  readonly current: string;
  readonly tabs: readonly { readonly id: string; readonly label: string; readonly href: string; readonly count?: number | undefined }[];
};

/** Views of one object; each has a URL of its own. */
export function LinkTabs({ label, current, tabs }: Props) {
  return (
    <nav aria-label={label} className="mt-1 mb-5 flex gap-x-5 overflow-x-auto border-line border-b text-table">
      {tabs.map((tab) => (
        <Link
          key={tab.id}
          href={tab.href}
          scroll={false}
          aria-current={tab.id === current ? "page" : undefined}
          className="flex gap-1.5 whitespace-nowrap py-[9px] text-muted -outline-offset-2 hover:text-text aria-[current]:font-medium aria-[current]:text-text aria-[current]:shadow-[inset_0_-2px_0_var(--tr-accent)]"
        >
          {tab.label}
          {tab.count !== undefined && <span className="font-normal text-faint tabular-nums">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
