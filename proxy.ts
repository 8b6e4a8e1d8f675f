import type { NextRequest, NextResponse } from "next/server";
import { guard } from "./lib/server/guard.ts";

export function proxy(request: NextRequest): NextResponse {
  return guard(request);
}

export const config = { matcher: ["/((?!_next/static|_next/image|favicon.ico|icon.svg).*)"] };
