import type { CDPSession, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { mailTo } from "./mailbox";

/** Chromium's virtual authenticator, configured like that of a phone. */
class VirtualAuthenticator {
  private constructor(
    private readonly session: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  static async add(page: Page): Promise<VirtualAuthenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new VirtualAuthenticator(session, authenticatorId);
  }

  /** Sets whether user verification succeeds. */
  async verifiesUser(isUserVerified: boolean): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  }

  async credentials() {
    const { authenticatorId } = this;
    const { credentials } = await this.session.send("WebAuthn.getCredentials", { authenticatorId });
    return credentials;
  }
}

const signOut = async (page: Page) => {
  await page.goto("/me");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
};

/** Disables passkey autofill, whose request would use the authenticator instead of the button's. */
async function withoutAutofill(page: Page): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
}

async function addPasskey(page: Page, name: string): Promise<void> {
  await page.goto("/me/security");
  await page.getByLabel("Name of the passkey").fill(name);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("The passkey was added.")).toBeVisible();
}

test("a user adds a passkey, signs in with it, renames it and removes it", async ({ page, author }) => {
  test.slow();
  const authenticator = await VirtualAuthenticator.add(page);
  await page.goto("/me");
  await page.getByRole("navigation", { name: "Account settings" }).getByText("Security").click();
  await expect(page.getByText("No passkeys yet.")).toBeVisible();
  await expect(page.getByLabel("Name of the passkey")).toHaveValue(/^Chrome on /);
  await addPasskey(page, "내 전화기");
  await expect(page.getByText("not used yet")).toBeVisible();
  expect(await authenticator.credentials()).toMatchObject([
    { isResidentCredential: true, rpId: "localhost", userName: author.email },
  ]);
  await mailTo(author.email, /A passkey was added/);

  // The same authenticator cannot be registered twice.
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "already has a passkey for your account",
  );

  await signOut(page);
  await withoutAutofill(page);
  await page.goto("/signin?returnTo=/me/security");
  await page.getByRole("button", { name: "Continue with a passkey" }).click();
  await expect(page).toHaveURL("/me/security");
  await expect(page.getByText("last used on")).toBeVisible();

  await page.getByRole("link", { name: "Edit 내 전화기" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Passkey");
  await page.getByLabel("Name of the passkey").fill("Phone");
  await page.getByRole("button", { name: "Save the name" }).click();
  await expect(page.getByText("The passkey was renamed.")).toBeVisible();
  await page.getByRole("link", { name: "Edit Phone" }).click();
  await page.getByRole("button", { name: "Remove the passkey" }).click();
  // Removing the passkey ends the session that it started.
  await expect(page).toHaveURL(/\/signin\?returnTo=/);
  await mailTo(author.email, /A passkey was removed/);

  await page.goto("/signin");
  await page.getByRole("button", { name: "Continue with a passkey" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "This passkey could not be verified.",
  );
});

test("the browser offers a passkey in the autofill of the email field, without the button", async ({
  page,
  author,
}) => {
  await VirtualAuthenticator.add(page);
  await addPasskey(page, "Phone");
  await signOut(page);
  await page.goto("/signin");
  await expect(page).toHaveURL("/me");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(author.name);
});

test("an authenticator without user verification can neither add a passkey nor sign in", async ({
  page,
  author,
}) => {
  // The browser delays errors of the authenticator.
  test.slow();
  const authenticator = await VirtualAuthenticator.add(page);
  await authenticator.verifiesUser(false);
  await page.goto("/me/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("No passkey was created.");
  await authenticator.verifiesUser(true);
  await addPasskey(page, "Phone");

  await authenticator.verifiesUser(false);
  await signOut(page);
  await withoutAutofill(page);
  await page.goto("/signin");
  await page.getByRole("button", { name: "Continue with a passkey" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("No passkey was used.", {
    timeout: 30_000,
  });
  // The password still works on the same page.
  await page.getByLabel("Email address").fill(author.email);
  await page.getByLabel("Password").fill(author.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/me");
});

test("a user reauthenticates with a passkey, and adds another", async ({ page, author, sql }) => {
  const authenticator = await VirtualAuthenticator.add(page);
  await addPasskey(page, "Phone");
  await sql(`UPDATE "Session" SET "provedAt" = now() - interval '11 minutes' WHERE "userId" = $1`, author.id);
  await page.goto("/me/security");
  await expect(page.getByRole("button", { name: "Add a passkey" })).toHaveCount(0);
  await page.getByRole("link", { name: "Confirm your identity" }).click();
  await authenticator.verifiesUser(true);
  await page.getByRole("button", { name: "Continue with a passkey" }).click();
  await expect(page).toHaveURL("/me/security");
  await expect(page.getByRole("button", { name: "Add a passkey" })).toBeVisible();
});

test("a user whose authentication is too old by now is led to reauthentication, and back", async ({
  page,
  author,
  sql,
}) => {
  await page.goto("/me/security");
  await sql(`UPDATE "Session" SET "provedAt" = now() - interval '11 minutes' WHERE "userId" = $1`, author.id);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Confirm your identity first");
  await page.getByRole("link", { name: "Confirm your identity" }).click();
  await page.getByLabel("Password").fill(author.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/me/security");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("passkeys are not offered, and can still be renamed and removed", async ({ page, author, sql }) => {
    await sql(
      `INSERT INTO "Passkey" (id, "userId", name, "credentialId", "publicKey", counter)
       VALUES (gen_random_uuid()::text, $1, 'Phone', $1, '', 0)`,
      author.id,
    );
    await page.goto("/me/security");
    await expect(page.getByText("Adding a passkey needs JavaScript.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Add a passkey" })).toBeHidden();
    await page.getByRole("link", { name: "Edit Phone" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Passkey");
    await page.getByLabel("Name of the passkey").fill(" ");
    await page.getByRole("button", { name: "Save the name" }).click();
    await expect(page.getByLabel("Name of the passkey")).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Name of the passkey").fill("Laptop");
    await page.getByRole("button", { name: "Save the name" }).click();
    await page.getByRole("link", { name: "Edit Laptop" }).click();
    await page.getByRole("button", { name: "Remove the passkey" }).click();
    await expect(page.getByText("No passkeys yet.")).toBeVisible();

    await page.context().clearCookies();
    await page.goto("/signin");
    await expect(page.getByRole("button", { name: "Continue with a passkey" })).toBeHidden();
  });
});
