"use client";
import { buttonStyle } from "./button-style.ts";
import { QuietLink } from "./quiet-link.tsx";

type Way = { readonly href: string; readonly label: string } | null;

/** The ways through a list that the server pages: back to its first page, and on to the next one. */
export function PageLinks({ first, next }: { readonly first: Way; readonly next: Way }) {
  return [first, next].map(
    (way) =>
      way !== null && (
        <QuietLink key={way.label} href={way.href} className={buttonStyle("default", "small", false)}>
          {way.label}
        </QuietLink>
      ),
  );
}
