import type { ReactNode } from "react";
import { AreaMessages } from "../../../components/shell/area-messages.tsx";

export default function RoutesLayout({ children }: { readonly children: ReactNode }) {
  return <AreaMessages names={["uiRoutes", "uiList", "uiObject", "uiForm"]}>{children}</AreaMessages>;
}
