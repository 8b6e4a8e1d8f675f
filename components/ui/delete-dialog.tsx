"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DeleteImpact } from "./delete-impact.tsx";
import { RequestDialog } from "./request-dialog.tsx";

type Props = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly name: string;
  /** Why the name must be typed first. */
  readonly typeFirst: string;
  readonly request: { readonly kind: string; readonly team: string | null; readonly input: (typedName: string) => unknown };
  /** What is lost, and what stays. */
  readonly children: ReactNode;
};

/** Asks to delete something: who would feel it, what is lost for good, why, and the typed name. Somebody else approves before anything goes. */
export function DeleteDialog({ name, typeFirst, children, ...rest }: Props) {
  const t = useTranslations("uiForm.delete");
  return (
    <RequestDialog {...rest} danger description={t("text")} confirm={t("submit")} typed={{ name, why: typeFirst }}>
      {() => (
        <>
          <DeleteImpact request={{ ...rest.request, input: rest.request.input(name) }} />
          {children}
        </>
      )}
    </RequestDialog>
  );
}
