import type { ReactNode } from "react";
import { AreaMessages } from "../../../components/shell/area-messages.tsx";

export default function ClustersLayout({ children }: { readonly children: ReactNode }) {
  return <AreaMessages names={["uiClusters", "uiList", "uiObject", "uiForm"]}>{children}</AreaMessages>;
}
