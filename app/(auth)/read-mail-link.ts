import { emailAddress, mailToken } from "@/lib/core/fields";
import type { SearchParams } from "@/lib/web/read-list-query";

/** Reads the query of an emailed link. A missing or malformed value becomes an empty string, which matches no token. */
export async function readMailLink(searchParams: SearchParams): Promise<{ email: string; token: string }> {
  const { email, token } = await searchParams;
  return {
    email: emailAddress.safeParse(email).data ?? "",
    token: mailToken.safeParse(token).data ?? "",
  };
}
