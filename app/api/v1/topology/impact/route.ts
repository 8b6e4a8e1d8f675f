import { runHandler } from "../../../../../lib/server/run-handler.ts";

export const GET = runHandler("GET", "/topology/impact");
