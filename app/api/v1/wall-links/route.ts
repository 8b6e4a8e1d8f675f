import { runHandler } from "../../../../lib/server/run-handler.ts";

export const GET = runHandler("GET", "/wall-links");
export const POST = runHandler("POST", "/wall-links");
