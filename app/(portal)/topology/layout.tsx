import type { ReactNode } from "react";
import { AreaMessages } from "../../../components/shell/area-messages.tsx";

export default function TopologyLayout({ children }: { readonly children: ReactNode }) {
  return <AreaMessages names={["uiMap", "topology"]}>{children}</AreaMessages>;
}
