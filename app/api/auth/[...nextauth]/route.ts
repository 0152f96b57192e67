import { after, type NextRequest } from "next/server";
import { socialProviders } from "@/lib/auth/social-contract";
import { endErrand } from "@/lib/auth/web-session";
import { deliverMail } from "@/lib/email/outbox";
import { nowhere } from "@/lib/http/endpoint";
import { isNavigation } from "@/lib/http/navigation";

type Context = { params: Promise<{ nextauth: string[] }> };

const elsewhere = nowhere("common/not-found");
const embedded = nowhere("common/navigation-required");

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = elsewhere;

/** Where Google and GitHub send browsers back to. Nothing else that Auth.js could answer is offered. */
export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const [action, name, ...rest] = (await context.params).nextauth;
  const provider = socialProviders.find((known) => known === name);
  if (action !== "callback" || !provider || rest.length > 0) return elsewhere.GET(request, context);
  if (!isNavigation(request.headers)) return embedded.GET(request, context);
  // A newcomer's address may have to be confirmed.
  after(deliverMail);
  return endErrand(provider, request);
}
