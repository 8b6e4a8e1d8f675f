import { runHandler } from "../../../../lib/server/run-handler.ts";

export const GET = runHandler("GET", "/requests");
export const POST = runHandler("POST", "/requests");
