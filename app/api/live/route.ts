import { answer } from "../../../lib/server/run-handler.ts";
import { liveStream } from "../../../lib/server/sse.ts";

export const dynamic = "force-dynamic";

export const GET = (request: Request) => answer(request, "live", (translate) => liveStream(request, translate));
