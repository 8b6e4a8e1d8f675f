import clsx from "clsx";

/** A key cap. Hidden from readers: shortcuts are announced by aria-keyshortcuts and the keys dialog. Gone where there is no keyboard to speak of. */
export function Kbd({ children, onButton = false }: { readonly children: string; readonly onButton?: boolean }) {
  return (
    <kbd
      aria-hidden="true"
      className={clsx(
        "min-w-[18px] rounded-sm border px-1 text-center font-medium font-sans text-[11px]/4 max-md:hidden",
        onButton ? "border-current opacity-65" : "border-line bg-canvas text-muted",
      )}
    >
      {children}
    </kbd>
  );
}
