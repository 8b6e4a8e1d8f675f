import { ArrowRight, LogIn } from "lucide-react";
import { useTranslations } from "next-intl";
import { apiPaths } from "../../lib/paths.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Banner } from "../ui/banner.tsx";
import { buttonStyle } from "../ui/button-style.ts";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import { LanguageButton } from "./language-button.tsx";
import { LatticeArt } from "./lattice-art.tsx";
import { Mark } from "./mark.tsx";

type Hint = { readonly label: string; readonly loginHint: string };
type Props = { readonly next: string; readonly failed: boolean; readonly hints: readonly Hint[]; readonly note: string | null };

/** The one page without a session. Works without scripts: each way in is a form. */
export function SignInPage({ next, failed, hints, note }: Props) {
  const t = useTranslations("uiSignIn");
  return (
    <main id="main" className="grid min-h-screen bg-surface md:grid-cols-[minmax(0,560px)_minmax(0,1fr)]">
      <div className="flex min-h-screen flex-col px-16 pt-8 pb-10 max-md:p-5">
        <span className="flex h-8 items-center gap-[9px] text-[15px]">
          <Mark />
          <b>Trellis</b>
        </span>
        <div className="my-auto w-full max-w-[400px] py-8">
          <h1 className="font-semibold text-display tracking-[-0.015em]">{t("title")}</h1>
          <p className="mt-1.5 text-muted">{t("lead")}</p>
          {failed && (
            <div className="mt-5">
              <Banner glyph="attention" title={t("failedTitle")} urgent>
                {t("failedText")}
              </Banner>
            </div>
          )}
          <form method="post" action={apiPaths.signIn()} className="mt-6">
            <input type="hidden" name="next" value={next} />
            <button type="submit" className={buttonStyle("primary", "large", false)}>
              <LogIn size={16} aria-hidden="true" />
              {t("continue")}
            </button>
          </form>
          <p className="mt-2 text-[12px]/[18px] text-faint">{t("promise")}</p>
          {hints.length > 0 && <Hints hints={hints} next={next} />}
          {note !== null && (
            <p className="mt-3.5 flex gap-2 text-[12px]/[18px]">
              <StatusGlyph glyph="attention" className="mt-0.5" />
              {note}
            </p>
          )}
        </div>
        <div className="flex items-center gap-4 text-caption text-muted">
          <LanguageButton />
        </div>
      </div>
      <LatticeArt />
    </main>
  );
}

function Hints({ hints, next }: { readonly hints: readonly Hint[]; readonly next: string }) {
  const t = useTranslations("uiSignIn");
  return (
    <>
      <h2 className="mt-8 mb-1 flex items-center gap-2.5 text-caption text-muted after:h-px after:flex-1 after:bg-line">{t("hints")}</h2>
      <ul>
        {hints.map(({ label, loginHint }) => (
          <li key={loginHint}>
            <form method="post" action={apiPaths.signIn()}>
              <input type="hidden" name="next" value={next} />
              <input type="hidden" name="loginHint" value={loginHint} />
              <button
                type="submit"
                className="flex w-full items-center gap-3 border-line-soft border-b px-1 py-[9px] text-left text-table hover:bg-hover"
              >
                <Avatar name={loginHint} large />
                <span className="min-w-0 flex-1">
                  <b>{loginHint}</b>
                  {label !== loginHint && <small className="block text-caption text-muted">{label}</small>}
                </span>
                <ArrowRight size={16} aria-hidden="true" className="text-faint" />
              </button>
            </form>
          </li>
        ))}
      </ul>
    </>
  );
}
