import { beforeAll, describe, expect, test } from "vitest";
import { secretHolder } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { mailTo } from "@/lib/testing/mailbox";
import { newcomer, type Person, writeArticle } from "@/lib/testing/people";
import { leadsTo, PlainBrowser } from "@/lib/testing/plain-browser";

type Entry = { action: string; details: Record<string, unknown> };

let admin: Person;
let browser: PlainBrowser;

async function newAdmin(): Promise<Person> {
  const person = await newcomer({ name: "Boss" });
  await queryDatabase(`UPDATE "User" SET role = 'admin' WHERE id = $1`, person.id);
  return person;
}

async function signedIn(person: Person): Promise<PlainBrowser> {
  const opened = new PlainBrowser();
  await opened.signIn(person);
  return opened;
}

async function entriesOf(targetId: string): Promise<Entry[]> {
  const { body } = await secretHolder().get<{ items: Entry[] }>(`/v1/audit-log?targetId=${targetId}`);
  return body.items;
}

beforeAll(async () => {
  admin = await newAdmin();
  browser = await signedIn(admin);
});

describe("the admin area", () => {
  test("does not exist for guests, users and an admin demoted a second ago", async () => {
    const person = await newcomer();
    const { id } = await writeArticle(person, { isPublished: true });
    const former = await newAdmin();
    const formerBrowser = await signedIn(former);
    expect((await formerBrowser.get("/admin")).status).toBe(200);
    await secretHolder().patch(`/v1/users/${former.id}/role`, { role: "user" });

    const visitors = [new PlainBrowser(), await signedIn(person), formerBrowser];
    for (const path of [
      "/admin",
      "/admin/people",
      `/admin/people/${person.id}`,
      "/admin/articles",
      `/admin/articles/${id}`,
      "/admin/audit-log",
    ]) {
      expect((await browser.get(path)).status, path).toBe(200);
      for (const visitor of visitors) {
        const answer = await visitor.get(path);
        expect(answer.status, path).toBe(404);
        expect(await answer.text(), path).not.toContain(person.email);
      }
    }
    expect(await visitors[1]?.read("/me")).not.toContain('href="/admin"');
    expect(await browser.read("/me")).toContain('href="/admin"');
  });

  test("takes no form from guests, users, an admin demoted a second ago, and other sites", async () => {
    const [person, other] = [await newcomer(), await newcomer()];
    const { id } = await writeArticle(person, { isPublished: true });
    const former = await newAdmin();
    const formerBrowser = await signedIn(former);
    const personPath = `/admin/people/${person.id}`;
    const forms = [
      { path: personPath, form: 'name="role"', fields: { role: "admin" } },
      { path: personPath, form: 'name="reason"', fields: { reason: "Spam." } },
      { path: personPath, form: 'name="sessionId"', fields: {} },
      {
        path: `/admin/articles/${id}`,
        form: 'name="reason"',
        fields: { reason: "Spam.", deed: "takenBack" },
      },
      { path: `/admin/articles/${id}`, form: 'name="reason"', fields: { reason: "Spam.", deed: "deleted" } },
    ];
    // Read while they still are an admin.
    const bodies = await Promise.all(forms.map(({ path, form }) => formerBrowser.readForm(path, form)));
    await secretHolder().patch(`/v1/users/${former.id}/role`, { role: "user" });

    const strangers = [new PlainBrowser(), await signedIn(other), await signedIn(person), formerBrowser];
    for (const [index, { path, fields }] of forms.entries()) {
      const body = bodies[index] ?? new FormData();
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      for (const stranger of strangers) expect((await stranger.post(path, body)).status, path).toBe(404);
      const foreign = await browser.post(path, body, "https://evil.example");
      expect(foreign.status, path).toBe(403);
      // Not even what is wrong with a form is told.
      const wrong = new FormData();
      for (const [name, value] of body) if (name.startsWith("$")) wrong.set(name, value);
      expect((await new PlainBrowser().post(path, wrong)).status, path).toBe(404);
    }
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200, body: { role: "user" } });
    expect(await person.api.get(`/v1/data/articles/${id}`)).toMatchObject({ body: { isPublished: true } });
    for (const target of [person.id, id]) expect(await entriesOf(target)).toEqual([]);
  });

  test("bans a person with a reason, which they get by mail, and lifts the ban", async () => {
    const person = await newcomer({ name: "Spammer" });
    const path = `/admin/people/${person.id}`;
    const empty = await browser.send(path, 'name="reason"', { reason: " " });
    expect({ status: empty.status, says: await empty.text() }).toMatchObject({
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

  test("changes a role, and ends one session or all", async () => {
    const person = await newcomer();
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

  test("ends no session of another person by its id", async () => {
    const [person, other] = [await newcomer(), await newcomer()];
    const sessions = await other.api.get<{ items: { id: string }[] }>("/v1/auth/sessions");
    const fields = { sessionId: sessions.body.items[0]?.id ?? "" };
    const answer = await browser.send(`/admin/people/${person.id}`, 'name="sessionId"', fields);
    expect(await answer.text()).toContain("Session not found.");
    expect(await other.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
  });

  test("refuses a decision on an account that changed after the page was opened", async () => {
    const person = await newcomer();
    const path = `/admin/people/${person.id}`;
    const form = await browser.readForm(path, 'name="reason"');
    form.set("reason", "Spam.");
    await secretHolder().patch(`/v1/users/${person.id}/role`, { role: "guest" });
    const answer = await browser.post(path, form);
    expect(await answer.text()).toContain("This account was changed meanwhile.");
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200, body: { role: "guest" } });
  });

  test("refuses a decision on an article that changed after the page was opened", async () => {
    const author = await newcomer();
    const { id } = await writeArticle(author, { isPublished: true });
    const path = `/admin/articles/${id}`;
    for (const deed of ["takenBack", "deleted"]) {
      const form = await browser.readForm(path, 'name="reason"');
      form.set("reason", "Spam.");
      form.set("deed", deed);
      await author.api.patch(`/v1/data/articles/${id}`, { title: `Better than ${deed}` });
      expect(await (await browser.post(path, form)).text()).toContain("This was changed in the meantime.");
      expect(await author.api.get(`/v1/data/articles/${id}`)).toMatchObject({ body: { isPublished: true } });
    }
    expect(await entriesOf(id)).toEqual([]);
  });

  test("takes an article back, and deletes one, with a reason that the author gets by mail", async () => {
    const author = await newcomer();
    const taken = await writeArticle(author, { title: "Cheap pills", isPublished: true });
    const deleted = await writeArticle(author, { title: "Cheaper pills", isPublished: true });
    const moderate = (id: string, deed: string) =>
      browser.send(`/admin/articles/${id}`, 'name="reason"', { reason: "Not about pills.", deed });
    expect(leadsTo(await moderate(taken.id, "takenBack"))).toBe("/admin/articles?done=takenBack");
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

  test("lists no drafts, and shows none", async () => {
    const author = await newcomer();
    const draft = await writeArticle(author, { title: "A secret draft" });
    expect(await browser.read(`/admin/articles?author=${author.id}`)).not.toContain("A secret draft");
    expect((await browser.get(`/admin/articles/${draft.id}`)).status).toBe(404);
  });

  test("has no way to change one's own role or ban", async () => {
    const html = await browser.read(`/admin/people/${admin.id}`);
    expect(html).toContain("This is your own account.");
    expect(html).not.toContain('name="role"');
  });

  test.each([
    "/admin/people?role=owner",
    "/admin/people?page=9999",
    "/admin/people/none",
    "/admin/people/%00",
    "/admin/people/%E0",
    "/admin/articles?page=0",
    "/admin/articles/none",
    "/admin/audit-log?action=none",
  ])("has no page %s", async (path) => {
    expect((await browser.get(path)).status).toBe(404);
  });
});
