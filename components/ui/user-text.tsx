const JAPANESE = /[\u3040-\u30ff\u3400-\u9fff]/;

/** What a person wrote, with the language it is written in, so that fonts and readers follow. Line breaks are kept. */
export function UserText({ children }: { readonly children: string }) {
  return (
    <span lang={JAPANESE.test(children) ? "ja" : "en"} className="whitespace-pre-line [overflow-wrap:anywhere]">
      {children}
    </span>
  );
}
