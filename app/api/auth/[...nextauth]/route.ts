import type { NextRequest } from "next/server";
import { notFoundRoute } from "@/lib/api/endpoint";
import { socialProviders } from "@/lib/social-providers/social-providers";
import { isNavigation } from "@/lib/web/navigation";
import { handleOAuthCallback } from "@/lib/web/social/provider-redirects";

type Context = RouteContext<"/api/auth/[...nextauth]">;

const elsewhere = notFoundRoute("common/not-found");
const embedded = notFoundRoute("common/navigation-required");

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = elsewhere;

/** Where Google and GitHub send browsers back to. Nothing else that Auth.js could answer is offered. */
export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const [action, name, ...rest] = (await context.params).nextauth;
  const provider = socialProviders.find((known) => known === name);
  if (action !== "callback" || !provider || rest.length > 0) return elsewhere.GET(request, context);
  if (!isNavigation(request.headers)) return embedded.GET(request, context);
  return handleOAuthCallback(provider, request);
}
