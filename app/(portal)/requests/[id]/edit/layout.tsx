import type { ReactNode } from "react";
import { AreaMessages } from "../../../../../components/shell/area-messages.tsx";

export default function EditRequestLayout({ children }: { readonly children: ReactNode }) {
  return <AreaMessages names={["uiClusters", "uiRoutes", "uiForm", "routes"]}>{children}</AreaMessages>;
}
