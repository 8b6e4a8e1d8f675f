import { ArrowRightToLine, Lock, RefreshCw, Repeat } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Mutability } from "../../lib/domain/clusters/blueprint.ts";

const ICON = { editable: Repeat, "one-way": ArrowRightToLine, "replace-only": RefreshCw, fixed: Lock } as const;

/** How a field may change after the object exists. */
export function MutabilityMark({ mutability }: { readonly mutability: Mutability }) {
  const t = useTranslations("uiKit.mutability");
  const Icon = ICON[mutability];
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap font-normal text-caption text-muted">
      <Icon size={12} aria-hidden="true" />
      {t(mutability)}
    </span>
  );
}
