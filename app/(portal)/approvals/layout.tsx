import type { ReactNode } from "react";
import { AreaMessages } from "../../../components/shell/area-messages.tsx";

export default function ApprovalsLayout({ children }: { readonly children: ReactNode }) {
  return <AreaMessages names={["uiRequests"]}>{children}</AreaMessages>;
}
