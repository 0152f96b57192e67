import { getTranslations } from "next-intl/server";

/** The email address of a user, and whether it is confirmed. */
export async function EmailAddress({ user }: { user: { email?: string; emailVerified?: boolean } }) {
  const t = await getTranslations("me");
  return (
    <>
      {user.email}{" "}
      <span className="inline-block text-13 text-muted">
        {t(user.emailVerified ? "verified" : "unverified")}
      </span>
    </>
  );
}
