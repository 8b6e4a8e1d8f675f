import { runHandler } from "../../../../../../lib/server/run-handler.ts";

export const POST = runHandler("POST", "/wall-links/{id}/revoke");
