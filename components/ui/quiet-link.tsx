"use client";
import { useRouter } from "next/navigation";
import type { AnchorHTMLAttributes, MouseEvent } from "react";

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href" | "onPointerEnter"> & {
  readonly href: string;
  /** False keeps the page where it is scrolled to: another tab of the same object. */
  readonly scroll?: boolean;
};

/**
 * A link inside the portal that fetches its page when it is pointed at, not when it comes into view: a list of links costs the server nothing.
 * Everything else about it is the browser's: another tab, another window, saving. A tenth of the framework's own link in script.
 */
export function QuietLink({ href, scroll = true, onClick, ...rest }: Props) {
  const router = useRouter();
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || !isPlain(event)) return;
    event.preventDefault();
    router.push(href, { scroll });
  };
  return <a {...rest} href={href} onClick={go} onPointerEnter={() => router.prefetch(href)} />;
}

function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey, currentTarget }: MouseEvent<HTMLAnchorElement>): boolean {
  const { target } = currentTarget;
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey && (target === "" || target === "_self");
}
