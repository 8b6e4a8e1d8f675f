import type { ReactNode } from "react";
import { AreaMessages } from "../../../components/shell/area-messages.tsx";

export default function DirectoryLayout({ children }: { readonly children: ReactNode }) {
  return <AreaMessages names={["uiDirectory", "uiList", "uiObject"]}>{children}</AreaMessages>;
}
