import type { ReactNode } from "react";
import { AreaMessages } from "../../../../../components/shell/area-messages.tsx";

/** The way to ask and the list of consumers are parts of routes. */
export default function DirectoryEntryLayout({ children }: { readonly children: ReactNode }) {
  return <AreaMessages names={["uiRoutes", "uiForm"]}>{children}</AreaMessages>;
}
