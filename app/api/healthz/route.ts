export const dynamic = "force-dynamic";

/** The process answers; whether it may take traffic is what readyz says. */
export const GET = () => Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
