import type { ReactNode } from "react";
import { AreaMessages } from "../../../components/shell/area-messages.tsx";

export default function RequestsLayout({ children }: { readonly children: ReactNode }) {
  return <AreaMessages names={["uiRequests"]}>{children}</AreaMessages>;
}
