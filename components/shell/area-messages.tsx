import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { clientMessages } from "./client-messages.ts";
import { MoreMessages } from "./more-messages.tsx";

/** Adds the sentences of one area of the portal to those that the browser has. */
export async function AreaMessages({ names, children }: { readonly names: readonly string[]; readonly children: ReactNode }) {
  return <MoreMessages messages={clientMessages(await getMessages(), names)}>{children}</MoreMessages>;
}
