import { emailAddress, mailToken } from "@/lib/core/fields";
import type { SearchParams } from "@/lib/web/read-list-query";

/** Reads what the link of a mail carries. What is missing or malformed is empty, and then nothing matches it. */
export async function readMailLink(searchParams: SearchParams): Promise<{ email: string; token: string }> {
  const { email, token } = await searchParams;
  return {
    email: emailAddress.safeParse(email).data ?? "",
    token: mailToken.safeParse(token).data ?? "",
  };
}
