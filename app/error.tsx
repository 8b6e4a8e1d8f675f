"use client";
import { PageError } from "../components/shell/page-error.tsx";

export default function RootError(props: { readonly error: Error & { readonly digest?: string }; readonly reset: () => void }) {
  return (
    <main className="grid min-h-screen place-items-center bg-surface">
      <PageError {...props} />
    </main>
  );
}
