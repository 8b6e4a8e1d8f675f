import clsx from "clsx";

/** A key cap. Hidden from readers: shortcuts are announced by aria-keyshortcuts and the keys dialog. Gone where there is no keyboard to speak of. */
export function Kbd({ children, className }: { readonly children: string; readonly className?: string | undefined }) {
  return (
    <kbd aria-hidden="true" className={clsx("min-w-[18px] rounded-sm border border-line bg-canvas px-1 text-center font-medium font-sans text-[11px]/4 text-muted max-md:hidden", className)}>
      {children}
    </kbd>
  );
}
