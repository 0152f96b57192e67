import { checkReadiness } from "@/lib/http/readiness";

/** Ready: 503 while the database is away. */
export async function GET(): Promise<Response> {
  const { isReady, ...report } = await checkReadiness();
  return Response.json(report, {
    status: isReady ? 200 : 503,
    headers: { "Cache-Control": "no-store", ...(!isReady && { "Retry-After": "2" }) },
  });
}

export const dynamic = "force-dynamic";
