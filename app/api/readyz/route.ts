import { portal } from "../../../lib/server/composition.ts";

export const dynamic = "force-dynamic";

export function GET(): Response {
  const report = portal().readiness.report();
  return Response.json(report, { status: report.ready ? 200 : 503, headers: { "cache-control": "no-store" } });
}
