import type { ReactNode } from "react";
import { AreaMessages } from "../../../../../../components/shell/area-messages.tsx";

/** The rules of routes also run in the browser while somebody types: their sentences come along. */
export default function FormLayout({ children }: { readonly children: ReactNode }) {
  return <AreaMessages names={["routes"]}>{children}</AreaMessages>;
}
