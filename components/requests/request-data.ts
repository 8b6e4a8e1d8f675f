import type { Localized } from "../../lib/domain/message.ts";
import type { InboxRowView, PlanView, RequestRowView, RequestView } from "../../lib/domain/requests/request-view.ts";

/** The views as a door hands them to the browser: every Message is already a sentence. */
export type ShownRequest = Localized<RequestView>;
export type ShownRequestRow = Localized<RequestRowView>;
export type ShownInboxRow = Localized<InboxRowView>;
export type ShownPlan = Localized<PlanView>;
