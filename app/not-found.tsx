import { NotFoundPage } from "../components/shell/not-found-page.tsx";

export default function NotFound() {
  return (
    <main className="grid min-h-screen place-items-center bg-surface">
      <NotFoundPage />
    </main>
  );
}
