"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ComponentProps } from "react";

type Props = Omit<ComponentProps<typeof Link>, "href" | "prefetch" | "onPointerEnter"> & { readonly href: string };

/** A link that fetches its page when it is pointed at, not when it comes into view: a list of links costs the server nothing. */
export function QuietLink({ href, ...rest }: Props) {
  const router = useRouter();
  return <Link {...rest} href={href} prefetch={false} onPointerEnter={() => router.prefetch(href)} />;
}
