import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
// The faces that error and not-found pages share: in the layout's own script they are sent once, not once an area.
import "../components/shell/page-error.tsx";
import "../components/ui/quiet-link.tsx";
import { clientMessages } from "../components/shell/client-messages.ts";
import { LocaleFont } from "../components/shell/locale-font.tsx";
import { requestTime } from "../components/shell/request-time.ts";
import { ClockProvider } from "../components/ui/clock.tsx";
import { ShortcutsProvider } from "../components/ui/shortcuts.tsx";
import { ToastProvider } from "../components/ui/toast.tsx";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("uiShell");
  return { title: { default: "Trellis", template: "%s · Trellis" }, description: t("description"), robots: { index: false } };
}

/** Every page is somebody's own: nothing is rendered at build time, when there are no settings. */
export const dynamic = "force-dynamic";

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const [locale, messages, requestHeaders] = await Promise.all([getLocale(), getMessages(), headers()]);
  const nonce = requestHeaders.get("x-nonce");
  return (
    <html lang={locale} className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body>
        <LocaleFont locale={locale} />
        <ThemeProvider attribute="data-theme" defaultTheme="system" enableColorScheme={false} {...(nonce === null ? {} : { nonce })}>
          <NextIntlClientProvider messages={clientMessages(messages)}>
            <ClockProvider serverNow={requestTime()}>
              <ShortcutsProvider>
                <ToastProvider>{children}</ToastProvider>
              </ShortcutsProvider>
            </ClockProvider>
          </NextIntlClientProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}
