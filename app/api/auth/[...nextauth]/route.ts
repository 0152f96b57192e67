import type { NextRequest } from "next/server";
import { notFoundRoute } from "@/lib/api/endpoint";
import { socialProviders } from "@/lib/social-providers/social-providers";
import { isNavigation } from "@/lib/web/navigation";
import { handleOAuthCallback } from "@/lib/web/social/provider-redirects";

type Context = RouteContext<"/api/auth/[...nextauth]">;

const notFound = notFoundRoute("common/not-found");
const navigationRequired = notFoundRoute("common/navigation-required");

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = notFound;

/** The OAuth callback of Google and GitHub. No other endpoint of Auth.js is exposed. */
export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const [action, name, ...rest] = (await context.params).nextauth;
  const provider = socialProviders.find((known) => known === name);
  if (action !== "callback" || !provider || rest.length > 0) return notFound.GET(request, context);
  if (!isNavigation(request.headers)) return navigationRequired.GET(request, context);
  return handleOAuthCallback(provider, request);
}
