import { identity } from "../../../../lib/server/identity.ts";

export const GET = (request: Request) => identity().handlers.GET(request);
export const POST = (request: Request) => identity().handlers.POST(request);
