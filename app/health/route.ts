/** Liveness probe: responds as long as the process runs. */
export const GET = () => Response.json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });

export const dynamic = "force-dynamic";
