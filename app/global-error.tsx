"use client";

/** The root layout itself failed: no translations, no styles. Both languages stand side by side. */
export default function GlobalError({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}) {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>Trellis could not be shown</h1>
          <p>Try again. If it stays, give the reference {error.digest ?? "–"} to the platform team.</p>
          <p lang="ja">
            Trellis を表示できません。再試行しても直らない場合は、参照番号 {error.digest ?? "–"} をプラットフォームチームに伝えてください。
          </p>
          <button type="button" onClick={reset}>
            Try again / 再試行
          </button>
        </main>
      </body>
    </html>
  );
}
