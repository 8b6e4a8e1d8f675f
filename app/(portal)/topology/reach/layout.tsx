import type { ReactNode } from "react";
import { AreaMessages } from "../../../../components/shell/area-messages.tsx";

export default function ReachLayout({ children }: { readonly children: ReactNode }) {
  return <AreaMessages names={["uiReach", "uiObject"]}>{children}</AreaMessages>;
}
