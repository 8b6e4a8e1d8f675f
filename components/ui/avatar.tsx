/** First letter of a person's name; the name itself stands beside it. */
export function Avatar({ name, large = false }: { readonly name: string; readonly large?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={`inline-grid flex-none place-items-center rounded-full border border-line-strong bg-sunken font-semibold text-muted leading-none ${large ? "size-[26px] text-[12px]" : "size-5 text-[10px]"}`}
    >
      {Array.from(name.trim())[0]?.toUpperCase() ?? "?"}
    </span>
  );
}
