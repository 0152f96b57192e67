import { isReady } from "@/lib/api/readiness";

/** Readiness probe: 503 while the database is unavailable. */
export async function GET(): Promise<Response> {
  const ready = await isReady();
  return Response.json(
    { status: ready ? "ready" : "unavailable" },
    {
      status: ready ? 200 : 503,
      headers: { "Cache-Control": "no-store", ...(!ready && { "Retry-After": "2" }) },
    },
  );
}

export const dynamic = "force-dynamic";
