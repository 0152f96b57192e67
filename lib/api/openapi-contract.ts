import { z } from "zod";
import type { Contract } from "@/lib/core/contract";

export const openApiContract = {
  method: "GET",
  path: "/v1/openapi.json",
  summary: "Get this document",
  source: "OpenAPI 3.1",
  access: "open",
  success: { status: 200, body: z.record(z.string(), z.unknown()) },
  errors: [],
} as const satisfies Contract;
