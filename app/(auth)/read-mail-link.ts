import { emailAddress, mailToken } from "@/lib/core/fields";

/** Reads the query of an emailed link. A missing or malformed value becomes an empty string, which matches no token. */
export function readMailLink({ email, token }: { email?: unknown; token?: unknown }) {
  return {
    email: emailAddress.safeParse(email).data ?? "",
    token: mailToken.safeParse(token).data ?? "",
  };
}
