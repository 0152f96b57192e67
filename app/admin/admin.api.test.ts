import { readdir, readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { articlePath } from "@/lib/articles/paths/article-path";
import { en } from "@/lib/i18n/messages/en";
import { withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { turnOn } from "@/lib/testing/factors/second-factor";
import { linkOf, mailTo } from "@/lib/testing/mailbox";
import { newEmail, newUser, type Person, writeArticle } from "@/lib/testing/people";
import { leadsTo, PlainBrowser, shownBy } from "@/lib/testing/plain-browser";

type Entry = { action: string; details: Record<string, unknown> };
type InvitationAnswer = { id: string; email: string; role: string; status: string };

let admin: Person;
let browser: PlainBrowser;

async function newAdmin(): Promise<Person> {
  const person = await newUser({ name: "Boss" });
  await queryDatabase(`UPDATE "User" SET role = 'admin' WHERE id = $1`, person.id);
  return person;
}

async function signedIn(person: Person): Promise<PlainBrowser> {
  const opened = new PlainBrowser();
  await opened.signIn(person);
  return opened;
}

async function entriesOf(targetId: string): Promise<Entry[]> {
  const { body } = await withSecretKey().get<{ items: Entry[] }>(`/v1/audit-log?targetId=${targetId}`);
  return body.items;
}

async function invite(email = newEmail()): Promise<InvitationAnswer> {
  return (await withSecretKey().post<InvitationAnswer>("/v1/auth/invitations", { email })).body;
}

async function invitationsOf(address: string): Promise<InvitationAnswer[]> {
  const { body } = await withSecretKey().get<{ items: InvitationAnswer[] }>("/v1/auth/invitations?limit=100");
  return body.items.filter(({ email }) => email === address);
}

/** @returns the server actions of the admin area. */
async function actionNames(): Promise<string[]> {
  const files = (await readdir("app/admin", { recursive: true })).filter((file) => /actions\.ts$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(`app/admin/${file}`, "utf8")));
  return texts.flatMap((text) => [...text.matchAll(/^export const (\w+)/gm)].map(([, name = ""]) => name));
}

beforeAll(async () => {
  admin = await newAdmin();
  browser = await signedIn(admin);
});

describe("the admin area", () => {
  test("does not exist for guests, users and an admin demoted a second ago", async () => {
    const person = await newUser();
    const { id } = await writeArticle(person, { isPublished: true });
    const former = await newAdmin();
    const formerBrowser = await signedIn(former);
    expect((await formerBrowser.get("/admin")).status).toBe(200);
    await withSecretKey().patch(`/v1/users/${former.id}/role`, { role: "user" });

    const visitors = [new PlainBrowser(), await signedIn(person), formerBrowser];
    for (const path of [
      "/admin",
      "/admin/people",
      `/admin/people/${person.id}`,
      "/admin/articles",
      `/admin/articles/${id}`,
      "/admin/invitations",
      "/admin/audit-log",
    ]) {
      expect((await browser.get(path)).status, path).toBe(200);
      for (const visitor of visitors) {
        const answer = await visitor.get(path);
        expect(answer.status, path).toBe(404);
        expect(await shownBy(answer), path).not.toContain(person.email);
      }
    }
    expect(await visitors[1]?.read("/me")).not.toContain('href="/admin"');
    expect(await browser.read("/me")).toContain('href="/admin"');
  });

  test("rejects forms from guests, users, an admin demoted a second ago, and other sites", async () => {
    const people = [newUser(), newUser(), newUser(), newUser()] as const;
    const [person, banned, secured, other] = await Promise.all(people);
    const { id } = await writeArticle(person, { isPublished: true });
    await turnOn(secured);
    await withSecretKey().patch(`/v1/users/${banned.id}`, { banned: true });
    const invitation = await invite();
    const former = await newAdmin();
    const formerBrowser = await signedIn(former);
    const personPath = `/admin/people/${person.id}`;
    const articlePath = `/admin/articles/${id}`;
    const forms: { action: string; path: string; form: string; fields?: Record<string, string> }[] = [
      { action: "changeRoleAction", path: personPath, form: 'name="role"', fields: { role: "admin" } },
      { action: "banAction", path: personPath, form: 'name="reason"', fields: { reason: "Spam." } },
      { action: "unbanAction", path: `/admin/people/${banned.id}`, form: "Lift the ban" },
      {
        action: "removeSecondFactorAction",
        path: `/admin/people/${secured.id}`,
        form: "Remove the second factor",
      },
      { action: "endUserSessionsAction", path: personPath, form: 'name="sessionId"' },
      { action: "endUserSessionsAction", path: personPath, form: "Sign out all devices" },
      ...["unpublished", "deleted"].map((deed) => ({
        action: "moderateArticleAction",
        path: articlePath,
        form: 'name="reason"',
        fields: { reason: "Spam.", deed },
      })),
      {
        action: "inviteAction",
        path: "/admin/invitations",
        form: "Send the invitation",
        fields: { email: `by-${person.email}`, role: "admin" },
      },
      { action: "inviteAction", path: "/admin/invitations", form: `value="${invitation.email}"` },
      { action: "revokeInvitationAction", path: "/admin/invitations", form: `value="${invitation.id}"` },
    ];
    expect(new Set(forms.map(({ action }) => action))).toEqual(new Set(await actionNames()));
    // Read while they still are an admin.
    const bodies = await Promise.all(forms.map(({ path, form }) => formerBrowser.readForm(path, form)));
    await withSecretKey().patch(`/v1/users/${former.id}/role`, { role: "user" });

    const visitors = [new PlainBrowser(), await signedIn(other), await signedIn(person), formerBrowser];
    for (const [index, { action, path, fields = {} }] of forms.entries()) {
      const body = bodies[index] ?? new FormData();
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      for (const visitor of visitors) expect((await visitor.post(path, body)).status, action).toBe(404);
      const foreign = await browser.post(path, body, "https://evil.example");
      expect(foreign.status, action).toBe(403);
      // A form with mistakes gets no hint either.
      const wrong = new FormData();
      for (const [name, value] of body) if (name.startsWith("$")) wrong.set(name, value);
      expect((await new PlainBrowser().post(path, wrong)).status, action).toBe(404);
    }
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200, body: { role: "user" } });
    expect(await secured.api.get("/v1/auth/me")).toMatchObject({ body: { mfaEnabled: true } });
    expect(await withSecretKey().get(`/v1/users/${banned.id}`)).toMatchObject({ body: { banned: true } });
    expect(await person.api.get(`/v1/data/articles/${id}`)).toMatchObject({ body: { isPublished: true } });
    expect(await invitationsOf(`by-${person.email}`)).toEqual([]);
    expect(await invitationsOf(invitation.email)).toMatchObject([{ id: invitation.id, status: "pending" }]);
    for (const target of [person.id, secured.id, id]) expect(await entriesOf(target)).toEqual([]);
    for (const target of [banned.id, invitation.id]) expect(await entriesOf(target)).toHaveLength(1);
  });

  test("bans a user with a reason, which is emailed to them, and lifts the ban", async () => {
    const person = await newUser({ name: "Spammer" });
    const path = `/admin/people/${person.id}`;
    const empty = await browser.send(path, 'name="reason"', { reason: " " });
    expect({ status: empty.status, says: await shownBy(empty) }).toMatchObject({
      status: 200,
      says: expect.stringContaining("This field is required."),
    });
    const banned = await browser.send(path, 'name="reason"', { reason: "Advertising." });
    expect(leadsTo(banned)).toBe(`${path}?done=banned`);
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 403, code: "auth/account-banned" });
    expect((await mailTo(person.email, /suspended/)).text).toContain("Advertising.");

    expect(leadsTo(await browser.send(path, "Lift the ban"))).toBe(`${path}?done=unbanned`);
    expect(await entriesOf(person.id)).toMatchObject([
      { action: "user.unbanned" },
      { action: "user.banned", details: { name: "Spammer", reason: "Advertising." } },
    ]);
  });

  test("changes a role, and ends one session or all sessions", async () => {
    const person = await newUser();
    const path = `/admin/people/${person.id}`;
    expect(leadsTo(await browser.send(path, 'name="role"', { role: "guest" }))).toBe(`${path}?done=role`);
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ body: { role: "guest" } });
    expect(leadsTo(await browser.send(path, 'name="sessionId"'))).toBe(`${path}?done=sessions`);
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 401 });
    const other = await signedIn(person);
    expect(leadsTo(await browser.send(path, "Sign out all devices"))).toBe(`${path}?done=sessions`);
    expect(leadsTo(await other.get("/me"))).toContain("/signin");
    expect((await entriesOf(person.id)).map(({ action }) => action)).toEqual([
      "user.sessions-ended",
      "user.sessions-ended",
      "user.role-changed",
    ]);
  });

  test("removes a second factor, records it and emails the owner", async () => {
    const person = await newUser({ name: "Lost phone" });
    const path = `/admin/people/${person.id}`;
    expect(await browser.read(path)).not.toContain("Remove the second factor");
    const { secret, backupCodes } = await turnOn(person);
    const html = await browser.read(path);
    for (const known of [secret, ...backupCodes]) expect(html).not.toContain(known);
    expect(leadsTo(await browser.send(path, "Remove the second factor"))).toBe(`${path}?done=secondFactor`);
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ body: { mfaEnabled: false } });
    await mailTo(person.email, /An administrator turned off two-step verification/);
    expect(await entriesOf(person.id)).toMatchObject([
      { action: "user.mfa-disabled", details: { name: "Lost phone" } },
    ]);
    expect(await browser.read(`/admin/audit-log?targetId=${person.id}`)).toContain(
      "removed the second factor",
    );
  });

  test("invites a user, resends the invitation, and revokes it", async () => {
    const path = "/admin/invitations";
    const email = newEmail();
    const wrong = await browser.send(path, "Send the invitation", { email: "none", role: "guest" });
    expect(await shownBy(wrong)).toContain("Enter an email address such as");
    const taken = await browser.send(path, "Send the invitation", { email: admin.email, role: "user" });
    expect(await shownBy(taken)).toContain("This email address is already registered.");

    const fields = { email, name: "", role: "guest" };
    const sent = await browser.send(path, "Send the invitation", fields);
    expect(leadsTo(sent)).toBe(`${path}?done=invited`);
    const first = await mailTo(email, /invited/);
    const [{ id = "" } = {}] = await invitationsOf(email);
    expect(await invitationsOf(email)).toMatchObject([{ role: "guest", status: "pending", name: null }]);

    // As after a lost email: the new link works, the old one does not.
    expect(leadsTo(await browser.send(path, `value="${email}"`))).toBe(`${path}?done=invited`);
    const second = linkOf(await mailTo(email, /invited/, 2));
    expect(await new PlainBrowser().read(linkOf(first).href)).toContain("This invitation does not work");
    expect(await new PlainBrowser().read(second.href)).toContain(`You are invited to sign up as ${email}`);

    const [{ id: newId = "" } = {}] = await invitationsOf(email);
    const form = await browser.readForm(path, `value="${newId}"`);
    expect(leadsTo(await browser.post(path, form))).toBe(`${path}?done=revoked`);
    // Rejected, since a success redirects: the list already shows it as revoked.
    expect((await browser.post(path, form)).status).toBe(200);
    expect(await new PlainBrowser().read(second.href)).toContain("This invitation does not work");
    expect(await browser.read(`${path}?status=revoked`)).toContain(email);
    expect(await browser.read(`${path}?status=accepted`)).not.toContain(email);

    const details = { email, role: "guest" };
    expect(await entriesOf(id)).toMatchObject([{ action: "invitation.created", details }]);
    expect(await entriesOf(newId)).toMatchObject([
      { action: "invitation.revoked", details },
      { action: "invitation.created", details },
    ]);
    expect(await browser.read(`/admin/audit-log?targetId=${newId}`)).toContain("revoked the invitation of");
  });

  test("says that an address which was invited has an account by now, instead of inviting it again", async () => {
    const { email } = await invite();
    await newUser({ email });
    const answer = await browser.send("/admin/invitations", `value="${email}"`);
    expect(await shownBy(answer)).toContain(en.errors["auth/email-already-exists"]);
  });

  test("does not end a session of another user than the one on the page", async () => {
    const [person, other] = [await newUser(), await newUser()];
    const sessions = await other.api.get<{ items: { id: string }[] }>("/v1/auth/sessions");
    const fields = { sessionId: sessions.body.items[0]?.id ?? "" };
    const answer = await browser.send(`/admin/people/${person.id}`, 'name="sessionId"', fields);
    expect(await shownBy(answer)).toContain("Session not found.");
    expect(await other.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
  });

  test("rejects an action on an account that changed after the page was opened", async () => {
    const person = await newUser();
    const path = `/admin/people/${person.id}`;
    const form = await browser.readForm(path, 'name="reason"');
    form.set("reason", "Spam.");
    await withSecretKey().patch(`/v1/users/${person.id}/role`, { role: "guest" });
    const answer = await browser.post(path, form);
    expect(await shownBy(answer)).toContain(en.errors["user/changed-meanwhile"]);
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200, body: { role: "guest" } });
  });

  test("rejects an action on an article that changed after the page was opened", async () => {
    const author = await newUser();
    const { id } = await writeArticle(author, { isPublished: true });
    const path = `/admin/articles/${id}`;
    for (const deed of ["unpublished", "deleted"]) {
      const form = await browser.readForm(path, 'name="reason"');
      form.set("reason", "Spam.");
      form.set("deed", deed);
      await author.api.patch(`/v1/data/articles/${id}`, { title: `Better than ${deed}` });
      expect(await shownBy(await browser.post(path, form))).toContain("This was changed in the meantime.");
      expect(await author.api.get(`/v1/data/articles/${id}`)).toMatchObject({ body: { isPublished: true } });
    }
    expect(await entriesOf(id)).toEqual([]);
  });

  test("unpublishes and deletes articles, with a reason that is emailed to the author", async () => {
    const author = await newUser();
    const taken = await writeArticle(author, { title: "Cheap pills", isPublished: true });
    const deleted = await writeArticle(author, { title: "Cheaper pills", isPublished: true });
    const moderate = (id: string, deed: string) =>
      browser.send(`/admin/articles/${id}`, 'name="reason"', { reason: "Not about pills.", deed });
    expect(leadsTo(await moderate(taken.id, "unpublished"))).toBe("/admin/articles?done=unpublished");
    expect(leadsTo(await moderate(deleted.id, "deleted"))).toBe("/admin/articles?done=deleted");

    expect(await author.api.get(`/v1/data/articles/${taken.id}`)).toMatchObject({
      body: { isPublished: false },
    });
    expect(await author.api.get(`/v1/data/articles/${deleted.id}`)).toMatchObject({ status: 404 });
    for (const [subject, title] of [
      [/unpublished/, "Cheap pills"],
      [/deleted/, "Cheaper pills"],
    ] as const) {
      const { text } = await mailTo(author.email, subject);
      expect(text).toContain(title);
      expect(text).toContain("Not about pills.");
    }
    const log = await browser.read(`/admin/audit-log?targetId=${deleted.id}`);
    expect(log).toContain("Cheaper pills");
    expect(log).toContain("Not about pills.");
    expect(await browser.read("/admin/audit-log?action=article.taken-back")).toContain("Cheap pills");
  });

  test("neither lists nor shows drafts", async () => {
    const author = await newUser();
    const draft = await writeArticle(author, { title: "A secret draft" });
    expect(await browser.read(`/admin/articles?author=${author.id}`)).not.toContain("A secret draft");
    expect((await browser.get(`/admin/articles/${draft.id}`)).status).toBe(404);
  });

  test("offers an admin no form for their own role or ban", async () => {
    const html = await browser.read(`/admin/people/${admin.id}`);
    expect(html).toContain("This is your own account.");
    expect(html).not.toContain('name="role"');
  });

  test.each([
    "/admin/people?role=owner",
    "/admin/people/none",
    "/admin/people/%00",
    "/admin/people/%E0",
    "/admin/articles?page=0",
    "/admin/articles/none",
    "/admin/invitations?status=lost",
    "/admin/audit-log?action=none",
  ])("responds 404 for %s", async (path) => {
    expect((await browser.get(path)).status).toBe(404);
  });

  test.each([
    ["/admin/people?page=9999&role=admin", /^\/admin\/people\?role=admin(&page=\d+)?$/],
    ["/admin/articles?page=9999&author=none", /^\/admin\/articles\?author=none$/],
    ["/admin/invitations?page=9999", /^\/admin\/invitations(\?page=\d+)?$/],
    ["/admin/audit-log?page=9999&targetId=none", /^\/admin\/audit-log\?targetId=none$/],
  ])("redirects from %s to the last page", async (path, target) => {
    const response = await browser.get(path);
    expect(response.status).toBe(307);
    expect(leadsTo(response)).toMatch(target);
  });

  test("names the time zone of a scheduled article, and marks titles with their language", async () => {
    const author = await newUser();
    const publishedAt = new Date(Date.now() + 24 * 3600 * 1000).toISOString();
    const { id } = await writeArticle(author, { title: "여백의 글", isPublished: true, publishedAt });

    const list = await browser.read(`/admin/articles?author=${author.id}`);
    expect(list).toMatch(/Scheduled for [^<]+ \([^)<]+\)</);
    const single = await browser.read(`/admin/articles/${id}`);
    expect(single).toMatch(/Scheduled for [^<]+ \([^)<]+\)</);
    // part: korean
    expect(list).toMatch(/<a [^>]*lang="ko"[^>]*>여백의 글</);
    expect(single).toMatch(/<h1[^>]*><span lang="ko">여백의 글</);
    await admin.api.patch(`/v1/data/articles/${id}`, { isPublished: false });
    const log = await browser.read(`/admin/audit-log?targetId=${id}`);
    expect(log).toMatch(/<a [^>]*lang="ko"[^>]*>여백의 글</);
    // end of part: korean
  });

  test("says who can see an article of another user that is not public", async () => {
    const author = await newUser();
    const own = await signedIn(author);
    const publishedAt = new Date(Date.now() + 24 * 3600 * 1000).toISOString();
    for (const fields of [{}, { isPublished: true, publishedAt }]) {
      const path = articlePath(await writeArticle(author, fields));
      expect(await own.read(path)).toMatch(/only you can see it/i);
      expect(await browser.read(path)).toMatch(/only its author and admins can see it/i);
    }
  });
});
