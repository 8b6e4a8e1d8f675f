import type { ReactNode } from "react";
import { AreaMessages } from "../../../components/shell/area-messages.tsx";

export default function AuditLayout({ children }: { readonly children: ReactNode }) {
  return <AreaMessages names={["uiAudit"]}>{children}</AreaMessages>;
}
