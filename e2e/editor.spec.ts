import type { Locator, Page } from "@playwright/test";
import { en } from "@/lib/i18n/messages/en";
import { heavyPicture, picture } from "../lib/testing/pictures";
import { findAccessibilityViolations } from "./accessibility-violations";
import { expect, signIn, submitSignIn, test } from "./fixtures";

const text = (page: Page) => page.getByLabel("Text", { exact: true });
const title = (page: Page) => page.getByLabel("Title");
const cover = (page: Page) => page.getByLabel(en.editor.coverImage);
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Opens the editor of an article and waits for hydration, which moves the cursor to the start of the text. */
async function openEditor(page: Page, id: string): Promise<void> {
  await page.goto(`/articles/${id}/edit`);
  await page.waitForFunction(() =>
    Object.keys(document.querySelector("textarea[name=content]") ?? {}).some((key) =>
      key.startsWith("__react"),
    ),
  );
}

/** @returns the texts of the drafts that the browser stores. */
const storedTexts = (page: Page) =>
  page.evaluate(() => Object.values(localStorage).map((draft) => JSON.parse(draft).values.content));

type TransferredFile = { name: string; mimeType: string; buffer: Buffer };

const stored = /\/api\/v1\/storage\/[0-9a-f]{32}/;
const everything = `## Why

Some **bold** words, *others*, \`code\`, https://example.com, 그리고 **'한글'**도.[^1]

- [x] done
- [ ] to do

> A quote.

| a | b |
|:-:|--:|
| 1 | 2 |

\`\`\`ts
const answer: string = "quoted" + 42;
\`\`\`

![](https://example.invalid/never.png)

[^1]: The note.
`;

test.describe("Markdown", () => {
  test("buttons format the selection, and the change can be undone", async ({ page, author: _ }) => {
    await page.goto("/articles/new");
    await text(page).fill("One word");
    for (const [name, written] of [
      ["Bold", "One **word**"],
      ["Italic", "One *word*"],
      ["Code", "One `word`"],
      ["Heading", "## One word"],
      ["Quote", "> One word"],
      ["List", "- One word"],
      ["Link", "One [word](https://)"],
    ] as const) {
      await select(text(page), 4, 8);
      await button(page, name).click();
      await expect(text(page)).toHaveValue(written);
      await expect(text(page)).toBeFocused();
      await page.keyboard.press("Control+z");
      await expect(text(page)).toHaveValue("One word");
    }
  });

  // A phone has no keyboard.
  test("keyboard shortcuts format the selection and place the cursor", { tag: "@desktop" }, async ({
    page,
    author: _,
  }) => {
    await page.goto("/articles/new");
    await text(page).focus();
    await page.keyboard.press("Control+b");
    await page.keyboard.type("bold");
    await page.keyboard.press("End");
    await page.keyboard.press("Control+i");
    await page.keyboard.type("italic");
    await page.keyboard.press("End");
    await page.keyboard.type(" https://example.com");
    await select(text(page), 17, 36);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("link");
    await expect(text(page)).toHaveValue("**bold***italic* [link](https://example.com)");
  });

  // A phone has no keyboard.
  test("the toolbar is one tab stop, with arrow keys between its buttons", { tag: "@desktop" }, async ({
    page,
    author: _,
  }) => {
    await page.goto("/articles/new");
    await title(page).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await expect(button(page, "Bold")).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(button(page, "Italic")).toBeFocused();
    await page.keyboard.press("End");
    await expect(button(page, en.editor.image)).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(button(page, "Bold")).toBeFocused();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Home");
    await page.keyboard.press("Tab");
    await expect(text(page)).toBeFocused();
  });

  test("the preview matches the published page", async ({ page, author }) => {
    test.slow();
    await page.goto("/articles/new");
    await title(page).fill(`Preview ${author.email}`);
    await button(page, "Preview").click();
    await expect(page.getByText(en.editor.previewEmpty)).toBeVisible();
    await button(page, "Write").click();
    await text(page).fill(everything);
    await button(page, "Preview").click();
    const preview = page.locator("#preview .prose");
    await expect(preview.getByRole("heading", { name: "Why" })).toBeVisible();
    const previewed = await preview.innerHTML();
    expect(await findAccessibilityViolations(page)).toEqual([]);

    await button(page, "Save as draft").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Preview ${author.email}`);
    expect(await page.locator(".prose").innerHTML()).toBe(previewed);
  });

  test("the preview follows typing: beside the text, or instead of it on a phone", async ({
    page,
    author: _,
  }, { project }) => {
    const isPhone = project.name === "phone";
    await page.goto("/articles/new");
    await button(page, "Preview").click();
    await expect(text(page)).toBeVisible({ visible: !isPhone });
    for (const [typed, bold] of [
      ["A **first** word", "first"],
      ["A **second** word", "second"],
    ] as const) {
      await button(page, "Write").click();
      await expect(page.locator("#preview")).toBeHidden();
      if (!isPhone) await button(page, "Preview").click();
      await text(page).fill(typed);
      if (isPhone) await button(page, "Preview").click();
      await expect(page.locator("#preview strong")).toHaveText(bold);
    }
  });

  test("a preview that could not be loaded can be loaded again", async ({ page, author: _ }) => {
    await page.goto("/articles/new");
    await text(page).fill("A **bold** word");
    const answer = await holdActions(page);
    answer("abort");
    await button(page, "Preview").click();
    await expect(page.getByText(en.editor.previewFailed)).toBeVisible();
    await button(page, en.editor.previewRetry).click();
    await expect(button(page, en.editor.previewRetry)).toBeFocused();
    await expect(page.locator("#preview strong")).toBeHidden();

    await page.unrouteAll();
    await button(page, en.editor.previewRetry).click();
    await expect(page.locator("#preview strong")).toHaveText("bold");
    await expect(page.getByText(en.editor.previewFailed)).toBeHidden();
  });

  // On a desktop, both are visible.
  test("returning from the preview keeps the cursor and the scroll position", { tag: "@phone" }, async ({
    page,
    author: _,
  }) => {
    await page.goto("/articles/new");
    await text(page).fill(Array.from({ length: 80 }, (_, number) => `Paragraph ${number}.`).join("\n\n"));
    await page.evaluate(() => window.scrollTo({ top: 1500 }));
    await button(page, "Preview").click();
    await expect(page.getByText("Paragraph 79.")).toBeVisible();
    await page.evaluate(() => window.scrollTo({ top: 700 }));
    await button(page, "Write").click();
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(1500);
    await button(page, "Preview").click();
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(700);
  });
});

test.describe("pictures", () => {
  for (const way of ["paste", "drop"] as const) {
    test(`two images by ${way} are uploaded and appear in the article`, async ({ page, author }) => {
      test.slow();
      await page.goto("/articles/new");
      await title(page).fill(`By ${way} ${author.email}`);
      await text(page).fill("Before ");
      await transferFiles(text(page), way, [await png("mountain [1].png"), await png("바다.png")]);
      await expect(text(page)).toHaveValue(
        new RegExp(`^Before !\\[mountain  1\\]\\(${stored.source}\\)\n\n!\\[바다\\]\\(${stored.source}\\)$`),
      );
      await button(page, "Publish").click();
      const shown = page.locator(".prose img");
      await expect(shown).toHaveCount(2);
      for (const image of await shown.all()) {
        await image.scrollIntoViewIfNeeded();
        await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(80);
      }
    });
  }

  test("an image from the toolbar is inserted at the cursor while typing continues", async ({
    page,
    author: _,
  }) => {
    const release = await holdUploads(page);
    await page.goto("/articles/new");
    await text(page).fill("Before.After.");
    await select(text(page), 7, 7);
    const chooser = page.waitForEvent("filechooser");
    await button(page, en.editor.image).click();
    await (await chooser).setFiles(await png("hill.png"));
    await expect(text(page)).toHaveValue(/^Before\.!\[hill\]\(uploading:\d+\)After\.$/);
    await expect(page.getByRole("progressbar", { name: "Uploading hill.png" })).toBeVisible();

    await title(page).fill("Meanwhile");
    await text(page).press("Control+End");
    await text(page).pressSequentially(" More.");
    await title(page).focus();
    release();
    await expect(text(page)).toHaveValue(
      new RegExp(`^Before\\.!\\[hill\\]\\(${stored.source}\\)After\\. More\\.$`),
    );
    await expect(title(page)).toBeFocused();
    await expect(page.getByRole("progressbar")).toBeHidden();
  });

  // A phone has no keyboard.
  test("undo and redo after an upload never restore its placeholder, and it is never saved", {
    tag: "@desktop",
  }, async ({ page, author }) => {
    await page.goto("/articles/new");
    await title(page).fill(`Undone ${author.email}`);
    await text(page).focus();
    await page.keyboard.type("Before. ");
    await transferFiles(text(page), "paste", [await png("hill.png")]);
    const uploaded = new RegExp(`^Before\\. !\\[hill\\]\\(${stored.source}\\)$`);
    await expect(text(page)).toHaveValue(uploaded);

    await text(page).focus();
    await page.keyboard.press("Control+z");
    await expect(text(page)).toHaveValue(/^(Before\. ?)?$/);
    await page.keyboard.press("Control+Shift+z");
    await expect(text(page)).toHaveValue(uploaded);
    // A redo that comes right after the first step of an undo is not undone.
    await text(page).evaluate(() => {
      document.execCommand("undo");
      setTimeout(() => document.execCommand("redo"));
    });
    await expect(text(page)).toHaveValue(uploaded);
    await text(page).press("Control+End");
    await page.keyboard.type(" After. ![hill](uploading:1)");
    await button(page, "Save as draft").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Undone ${author.email}`);
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await expect(text(page)).toHaveValue(/After\. $/);
    await expect(text(page)).not.toHaveValue(/uploading:/);
  });

  test("pastes cells of a spreadsheet as text, not as an image", async ({ page, author: _ }) => {
    await page.goto("/articles/new");
    await transferFiles(text(page), "paste", [await png("cells.png")], "a\tb");
    await transferFiles(text(page), "paste", [await png("mountain.png")]);
    await expect(text(page)).toHaveValue(stored);
    await expect(text(page)).not.toHaveValue(/cells/);
  });

  for (const [name, file, says] of [
    [
      "is none",
      () => ({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("notes") }),
      /notes.txt: This file is not a readable image/,
    ],
    [
      "only says that it is one",
      () => ({ name: "fake.png", mimeType: "image/png", buffer: Buffer.from("notes") }),
      /fake.png: This file is not a readable image/,
    ],
    [
      "is drawn by a program",
      () => ({ name: "a.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") }),
      /a.svg: This file is not a readable image/,
    ],
    [
      "is too large",
      async () => ({ name: "big.png", mimeType: "image/png", buffer: await heavyPicture(6 * 1024 * 1024) }),
      /big.png: Images can be up to 5 MiB/,
    ],
  ] as const) {
    test(`a file that ${name} is rejected with a message, and leaves no placeholder`, async ({
      page,
      author: _,
    }) => {
      await page.goto("/articles/new");
      await text(page).fill("Before.");
      await transferFiles(text(page), "drop", [await file()]);
      await expect(page.getByRole("alert").filter({ hasText: says })).toBeVisible();
      await expect(text(page)).toHaveValue("Before.");
    });
  }

  test("an interrupted upload is reported, leaves no placeholder, and can be repeated", async ({
    page,
    author: _,
  }) => {
    await page.goto("/articles/new");
    await page.route(stored, (route) => route.abort());
    await transferFiles(text(page), "drop", [await png("mountain.png")]);
    await expect(page.getByRole("alert").filter({ hasText: en.editor.uploadFailed })).toBeVisible();
    await expect(text(page)).toHaveValue("");
    await cover(page).fill("");
    await transferFiles(cover(page), "drop", [await png("cover.png")]);
    await expect(page.getByRole("alert").filter({ hasText: en.editor.uploadFailed })).toHaveCount(2);

    await page.unroute(stored);
    await transferFiles(text(page), "drop", [await png("mountain.png")]);
    await expect(text(page)).toHaveValue(stored);
    await transferFiles(cover(page), "drop", [await png("cover.png")]);
    await expect(cover(page)).toHaveValue(stored);
    await expect(page.getByRole("alert").filter({ hasText: en.editor.uploadFailed })).toHaveCount(0);
  });

  test("a cover shows its upload, delays saving until it is complete, and appears above the article", async ({
    page,
    author,
  }) => {
    test.slow();
    const release = await holdUploads(page);
    await page.goto("/articles/new");
    await title(page).fill(`Covered ${author.email}`);
    await text(page).fill("Words.");
    await page.getByLabel(en.editor.coverChoose).setInputFiles(await png("cover.png"));
    await expect(page.getByRole("progressbar", { name: "Uploading cover.png" })).toBeVisible();
    await button(page, "Publish").click();
    await expect(page.getByText(en.editor.waitForUploads)).toBeVisible();
    await expect(page).toHaveURL("/articles/new");

    release();
    await expect(cover(page)).toHaveValue(stored);
    const address = await cover(page).inputValue();
    await expect(page.locator(`form img[src="${address}"]`)).toBeVisible();
    await button(page, "Publish").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Covered ${author.email}`);
    await expect(page.locator(`header img[src="${address}"]`)).toBeVisible();

    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await button(page, "Remove").click();
    await expect(cover(page)).toHaveValue("");
    await button(page, "Save").click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator(`img[src="${address}"]`)).toHaveCount(0);
  });

  for (const way of ["paste", "drop"] as const) {
    test(`a cover can be added by ${way}`, async ({ page, author: _ }) => {
      await page.goto("/articles/new");
      await transferFiles(cover(page), way, [await png("cover.png")]);
      await expect(cover(page)).toHaveValue(stored);
    });
  }
});

test("without JavaScript, a cover is uploaded by a separate form", async ({
  author,
  context,
  openBrowser,
}) => {
  test.slow();
  const id = await author.write({ title: "Plain", content: "Words." });
  const page = await openBrowser({ javaScriptEnabled: false });
  await page.context().addCookies(await context.cookies());
  await page.goto(`/articles/${id}/edit`);
  const chooser = page.getByLabel(en.editor.coverFile);
  await chooser.setInputFiles({ name: "a.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") });
  await button(page, "Upload").click();
  await expect(page.getByRole("alert").filter({ hasText: en.errors["file/invalid-format"] })).toBeVisible();
  await chooser.setInputFiles(await png("cover.png"));
  await button(page, "Upload").click();
  await expect(cover(page)).toHaveValue(stored);
});

test("rejects a cover for another user's article", async ({ author, openBrowser, api, baseURL }) => {
  const id = await author.write({ title: "Mine" });
  const other = { name: "Other", email: `other-${author.email}`, password: "abc123" };
  await api("POST", "/auth/email/signup", { body: { ...other, method: "password" } });
  const theirs = await openBrowser();
  const multipart = { picture: await png("cover.png") };
  const headers = { origin: baseURL ?? "" };
  const address = `/articles/${id}/cover`;
  const options = { multipart, headers, maxRedirects: 0 };
  const asGuest = await theirs.request.post(address, options);
  expect(asGuest.headers().location).toMatch(/^\/signin/);
  await signIn(theirs, other);
  await expect(theirs).toHaveURL("/me");
  const asOther = await theirs.request.post(address, options);
  expect(asOther.headers().location).toContain("data%2Fpermission-denied");
  expect((await (await api("GET", `/data/articles/${id}`)).json()).coverImage).toBeNull();
});

for (const [name, outcome] of [
  ["is rejected", "continue"],
  ["cannot reach the server", "abort"],
] as const) {
  test(`what is typed while the form is pending is kept if it ${name}`, async ({ page, author: _ }) => {
    const answer = await holdActions(page);
    await page.goto("/articles/new");
    await text(page).fill("First.");
    await page.getByLabel("Category").fill("Untouched");
    const sent = page.waitForRequest((request) => request.method() === "POST");
    // Without a title, the server rejects it.
    await button(page, "Save as draft").click();
    await sent;
    await text(page).fill("First. Second.");
    await page.getByLabel("Tags").fill("later");
    answer(outcome);
    await expect(button(page, "Save as draft")).toBeVisible();
    await expect(text(page)).toHaveValue("First. Second.");
    await expect(page.getByLabel("Tags")).toHaveValue("later");
    await expect(page.getByLabel("Category")).toHaveValue("Untouched");

    await title(page).fill("Titled");
    await expect.poll(() => storedTexts(page)).toEqual(["First. Second."]);
  });
}

test("a year of six digits is reported at its field, and the draft is kept with it", async ({
  page,
  context,
  author,
}) => {
  const publishAt = (of: Page) => of.getByLabel("Publish at");
  await page.goto("/articles/new");
  await title(page).fill(`Distant ${author.email}`);
  await publishAt(page).fill("202709-01-01T00:00");
  await text(page).fill("Words.");
  await expect.poll(() => storedTexts(page)).toEqual(["Words."]);
  await button(page, "Publish").click();
  await expect(publishAt(page)).toHaveAccessibleDescription(new RegExp(en.validation.time));
  await page.close();

  const next = await context.newPage();
  await next.goto("/articles/new");
  await button(next, "Restore").click();
  await expect(text(next)).toHaveValue("Words.");
  await expect(publishAt(next)).toHaveValue("202709-01-01T00:00");
});

test.describe("an unsaved draft", () => {
  test("survives a crash, is offered the next time, and is removed once it is saved", async ({
    page,
    context,
    author,
  }) => {
    test.slow();
    await page.goto("/articles/new");
    await title(page).fill(`Crashed ${author.email}`);
    await text(page).fill("Long thoughts.");
    await page.getByLabel("Category").fill("Crashes");
    await expect(page.getByText(en.editor.draftKept)).toBeVisible();
    await page.close();

    const next = await context.newPage();
    await next.goto("/articles/new");
    await expect(next.getByText(/You have unsaved changes/)).toBeVisible();
    expect(await findAccessibilityViolations(next)).toEqual([]);
    await button(next, "Restore").click();
    await expect(title(next)).toHaveValue(`Crashed ${author.email}`);
    await expect(text(next)).toHaveValue("Long thoughts.");
    await expect(next.getByLabel("Category")).toHaveValue("Crashes");
    await expect(next.getByText(/You have unsaved changes/)).toBeHidden();
    await button(next, "Publish").click();
    await expect(next.getByRole("heading", { level: 1 })).toHaveText(`Crashed ${author.email}`);

    await next.goto("/articles/new");
    await expect(text(next)).toHaveValue("");
    await expect(next.getByText(/You have unsaved changes/)).toBeHidden();
    expect(await next.evaluate(() => Object.keys(localStorage))).toEqual([]);
  });

  test("is offered only for its article, and can be discarded", async ({ page, context, author }) => {
    test.slow();
    const id = await author.write({ title: "One", content: "As it is." });
    const other = await author.write({ title: "Other" });
    await openEditor(page, id);
    await text(page).fill("As it might be.");
    await expect(page.getByText("Kept on this device")).toBeVisible();
    await page.close();

    const next = await context.newPage();
    for (const path of ["/articles/new", `/articles/${other}/edit`]) {
      await next.goto(path);
      await expect(button(next, "Bold")).toBeVisible();
      await expect(next.getByText(/You have unsaved changes/)).toBeHidden();
    }
    await openEditor(next, id);
    await button(next, "Discard").click();
    await expect(text(next)).toHaveValue("As it is.");
    await next.reload();
    await expect(button(next, "Bold")).toBeVisible();
    await expect(next.getByText(/You have unsaved changes/)).toBeHidden();
  });

  test("can be restored after typing has started", async ({ page, context, author: _ }) => {
    await page.goto("/articles/new");
    await text(page).fill("Before the crash.");
    await expect(page.getByText("Kept on this device")).toBeVisible();
    await page.close();

    const next = await context.newPage();
    await next.goto("/articles/new");
    await expect(button(next, "Restore")).toBeVisible();
    await text(next).fill("Begun anew.");
    await button(next, "Restore").click();
    await expect(text(next)).toHaveValue("Before the crash.");
    await button(next, "Restore").click();
    await expect(text(next)).toHaveValue("Begun anew.");
  });

  test("is not shown to another user on the same device or in another window", async ({
    page,
    context,
    author,
    api,
  }) => {
    test.slow();
    await page.goto("/articles/new");
    await text(page).fill("A secret.");
    await expect(page.getByText("Kept on this device")).toBeVisible();
    const beside = await context.newPage();
    await beside.goto("/articles/new");
    await expect(button(beside, "Bold")).toBeVisible();
    await expect(beside.getByText(/You have unsaved changes/)).toBeHidden();
    await beside.close();
    await page.close();

    const other = { name: "Other", email: `other-${author.email}`, password: "abc123" };
    await api("POST", "/auth/email/signup", { body: { ...other, method: "password" } });
    await context.clearCookies();
    const next = await context.newPage();
    await signIn(next, other);
    await expect(next).toHaveURL("/me");
    await next.goto("/articles/new");
    await expect(button(next, "Bold")).toBeVisible();
    await expect(next.getByText(/You have unsaved changes/)).toBeHidden();
  });

  test("is removed with the account; another user's draft is kept for thirty days", async ({
    page,
    context,
    author,
  }) => {
    test.slow();
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    await page.goto("/");
    await page.evaluate(
      ([late, old]) => {
        for (const [key, savedAt] of Object.entries({ late, old })) {
          localStorage.setItem(`draft:other:${key}:1`, JSON.stringify({ values: { title: "A" }, savedAt }));
        }
      },
      [daysAgo(29), daysAgo(31)],
    );
    const kept = (of: Page) => of.evaluate(() => Object.keys(localStorage).sort());

    await page.goto("/articles/new");
    await text(page).fill("For deletion.");
    await expect(page.getByText("Kept on this device")).toBeVisible();
    expect(await kept(page)).toEqual([expect.stringContaining(`draft:${author.id}:`), "draft:other:late:1"]);
    await page.close();

    const next = await context.newPage();
    await next.goto("/me/data");
    await next.getByLabel("Your email address").fill(author.email);
    await next.getByRole("button", { name: en.data.delete }).click();
    await expect(next).toHaveURL("/goodbye");
    // The page reloads itself, which can interrupt reading its storage.
    await expect(async () => expect(await kept(next)).toEqual(["draft:other:late:1"])).toPass();
  });

  test("is not removed when the session has ended before the account is deleted", async ({
    page,
    context,
    author,
  }) => {
    test.slow();
    await page.goto("/articles/new");
    await text(page).fill("Still mine.");
    await expect(page.getByText(en.editor.draftKept)).toBeVisible();
    await page.close();

    const next = await context.newPage();
    await next.goto("/me/data");
    await next.getByLabel("Your email address").fill(author.email);
    await context.clearCookies();
    await button(next, en.data.delete).click();
    const alert = next.getByRole("alert").filter({ hasText: en.errors["auth/unauthorized"] });
    await expect(alert).toBeFocused();
    expect(await storedTexts(next)).toEqual(["Still mine."]);
    await next.getByRole("main").getByRole("link", { name: en.layout.signIn }).click();
    await expect(next).toHaveURL("/signin?returnTo=%2Fme%2Fdata");
    await submitSignIn(next, author);
    await expect(next).toHaveURL("/me/data");
    await next.goto("/articles/new");
    await button(next, "Restore").click();
    await expect(text(next)).toHaveValue("Still mine.");
  });

  for (const isKept of [false, true]) {
    test(`${isKept ? "stays after sign-out if the user chooses it" : "is removed at sign-out, with the email address"}`, async ({
      page,
      context,
      author,
    }) => {
      test.slow();
      await page.goto("/articles/new");
      await text(page).fill("Not for the next user.");
      await expect(page.getByText("Kept on this device")).toBeVisible();
      await page.close();

      const next = await context.newPage();
      await next.goto("/me/profile");
      await next.goto("/me");
      const keep = next.getByRole("checkbox", { name: en.me.signOutForm.keepDrafts.one });
      await expect(keep).not.toBeChecked();
      if (isKept) await keep.check();
      await button(next, "Sign out").click();
      await expect(next).toHaveURL("/");
      await expect(next.getByRole("link", { name: "Sign in" })).toBeVisible();

      const left = await next.evaluate(() => Object.keys(localStorage).join());
      expect(left.includes(author.id)).toBe(isKept);
      // No trace of the previous pages: neither in the HTML nor by going back.
      expect(await next.content()).not.toContain(author.email);
      await next.goBack();
      await expect(next).toHaveURL(/\/signin\?/);
      await expect(next.getByLabel("Email address")).toHaveValue("");
      expect(await next.content()).not.toContain(author.email);
      if (!isKept) return;
      await submitSignIn(next, author);
      await expect(next).toHaveURL("/me/profile");
      await next.goto("/articles/new");
      await button(next, "Restore").click();
      await expect(text(next)).toHaveValue("Not for the next user.");
    });
  }

  test("survives the end of the session: the user signs in again and continues", async ({
    page,
    context,
    author,
  }) => {
    test.slow();
    await page.goto("/articles/new");
    await title(page).fill(`Late ${author.email}`);
    await text(page).fill("Still here.");
    await context.clearCookies();
    await button(page, "Publish").click();
    await expect(page.getByRole("alert").filter({ hasText: en.errors["auth/unauthorized"] })).toBeVisible();
    await page.getByRole("link", { name: "Sign in again" }).click();
    await expect(page).toHaveURL(/\/signin\?returnTo=%2Farticles%2Fnew/);
    await submitSignIn(page, author);
    await expect(page).toHaveURL("/articles/new");
    await button(page, "Restore").click();
    await expect(title(page)).toHaveValue(`Late ${author.email}`);
    await button(page, "Publish").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Late ${author.email}`);
  });

  test("is stored again when another window has signed out, which removed it", async ({
    page,
    context,
    author,
  }) => {
    test.slow();
    const asked = dismissDialogs(page);
    await page.goto("/articles/new");
    await title(page).fill("Two windows");
    await text(page).fill("Still open.");
    await expect(page.getByText(en.editor.draftKept)).toBeVisible();
    const other = await context.newPage();
    await other.goto("/me");
    await button(other, "Sign out").click();
    await expect(other).toHaveURL("/");

    await expect(page.getByText(en.editor.draftKept)).toBeHidden();
    await page.getByRole("link", { name: "Cancel" }).click();
    await expect.poll(() => asked).toEqual([en.editor.leaveUnkept]);
    expect(await storedTexts(page)).toEqual([]);
    await button(page, "Publish").click();
    await expect(page.getByText(en.editor.draftKept)).toBeVisible();
    await page.getByRole("link", { name: en.editor.signIn }).click();
    await submitSignIn(page, author);
    await expect(page).toHaveURL("/articles/new");
    await button(page, "Restore").click();
    await expect(text(page)).toHaveValue("Still open.");
  });

  test("is not promised if the browser cannot store it, and sign-in opens in a new tab", async ({
    page,
    context,
    author,
  }) => {
    test.slow();
    const asked = dismissDialogs(page);
    await page.addInitScript(() => {
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (...entry) {
        if (this === localStorage) throw new DOMException("Full", "QuotaExceededError");
        setItem.apply(this, entry);
      };
    });
    await page.goto("/articles/new");
    await title(page).fill(`Unkept ${author.email}`);
    await text(page).fill("Only here.");
    await expect(page.getByText(en.editor.draftNotKept)).toBeVisible();
    await page.getByRole("link", { name: "Cancel" }).click();
    await expect.poll(() => asked).toEqual([en.editor.leaveUnkept]);

    await context.clearCookies();
    await button(page, "Publish").click();
    const opened = context.waitForEvent("page", { timeout: 10_000 });
    await page.getByRole("link", { name: en.editor.signIn }).click();
    const tab = await opened;
    await submitSignIn(tab, author);
    await expect(tab).toHaveURL("/articles/new");
    await button(page, "Publish").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Unkept ${author.email}`);
  });

  test("keeps what was typed before the scripts arrived", async ({ page, author }) => {
    const id = await author.write({ title: "Slow", content: "As it is." });
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/_next/static/**/*.js", async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(`/articles/${id}/edit`, { waitUntil: "commit" });
    await title(page).fill("Quick");
    await text(page).press("ControlOrMeta+End");
    await page.keyboard.insertText(" And");
    release();
    await expect(page.getByText("Kept on this device")).toBeVisible();
    await page.keyboard.insertText(" more.");
    await expect(text(page)).toHaveValue("As it is. And more.");
    await button(page, "Save").click();
    await expect(page.locator(".prose")).toHaveText("As it is. And more.");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Quick");
  });

  test("asks before leaving by a link or by closing the window", async ({ page, author }) => {
    test.slow();
    const asked: string[] = [];
    let answer = false;
    page.on("dialog", async (dialog) => {
      asked.push(dialog.type());
      await (answer ? dialog.accept() : dialog.dismiss());
    });
    await page.goto("/articles/new");
    await text(page).fill("Not yet.");
    await page.getByRole("link", { name: "Cancel" }).click();
    await expect.poll(() => asked).toEqual(["confirm"]);
    await expect(page).toHaveURL("/articles/new");
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => asked).toEqual(["confirm", "beforeunload"]);
    await expect(text(page)).toHaveValue("Not yet.");

    answer = true;
    await page.getByRole("link", { name: "Cancel" }).click();
    await expect(page).toHaveURL("/articles");
    expect(asked).toEqual(["confirm", "beforeunload", "confirm"]);

    // Does not ask if there are no changes.
    const id = await author.write({ title: "Same", content: "As it is." });
    await openEditor(page, id);
    await text(page).fill("Something else.");
    await text(page).fill("As it is.");
    await page.getByRole("link", { name: "Cancel" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Same");
    await openEditor(page, id);
    await text(page).fill("Saved.");
    await button(page, "Save").click();
    await expect(page.locator(".prose")).toHaveText("Saved.");
    await page.goto("/articles");
    expect(asked).toHaveLength(3);
  });
});

test.describe("two versions of one article", () => {
  test("are detected: the author can view the other version and confirm to replace it", async ({
    page,
    context,
    author,
    api,
  }) => {
    test.slow();
    const id = await author.write({ title: "Shared", content: "First." });
    const other = await context.newPage();
    await openEditor(page, id);
    await openEditor(other, id);
    await text(other).fill("Theirs.");
    await button(other, "Save").click();
    await expect(other.locator(".prose")).toHaveText("Theirs.");

    await text(page).fill("Mine.");
    await button(page, "Save").click();
    const conflictAlert = page.getByRole("alert").filter({ hasText: "This was changed in the meantime" });
    await expect(conflictAlert).toBeFocused();
    await expect(page.getByText(/^You saved another version/)).toBeVisible();
    await expect(text(page)).toHaveValue("Mine.");
    expect(await findAccessibilityViolations(page)).toEqual([]);
    const seen = context.waitForEvent("page");
    await page.getByRole("link", { name: en.editor.seeOther }).click();
    await expect((await seen).locator(".prose")).toHaveText("Theirs.");

    // Saving again without confirmation is rejected again.
    await button(page, "Save").click();
    await expect(conflictAlert).toBeFocused();
    // The confirmation covers only the version that was shown: a third version is reported again.
    await page.getByLabel(en.editor.replaceOther).check();
    const { accessToken } = author;
    await api("PATCH", `/data/articles/${id}`, { body: { content: "A third." }, accessToken });
    await button(page, "Save").click();
    await expect(page.getByLabel(en.editor.replaceOther)).not.toBeChecked();
    await page.getByLabel(en.editor.replaceOther).check();
    await button(page, "Save").click();
    await expect(page.locator(".prose")).toHaveText("Mine.");
    expect((await (await api("GET", `/data/articles/${id}`)).json()).content).toBe("Mine.");
  });

  test("are reported in the time zone of the browser", async ({ author, context, openBrowser, api }) => {
    const id = await author.write({ title: "Shared", content: "First." });
    const page = await openBrowser({ timezoneId: "America/New_York" });
    await page.context().addCookies(await context.cookies());
    await openEditor(page, id);
    const { accessToken } = author;
    await api("PATCH", `/data/articles/${id}`, { body: { content: "Theirs." }, accessToken });
    await text(page).fill("Mine.");
    await button(page, "Save").click();
    await expect(page.getByText(/^You saved another version .* \(E[SD]T\)/)).toBeVisible();
  });

  test("are reported when another user made them, and without JavaScript", async ({
    author,
    context,
    openBrowser,
    adminApi,
  }) => {
    test.slow();
    const id = await author.write({ title: "Shared", content: "First." });
    const page = await openBrowser({ javaScriptEnabled: false });
    await page.context().addCookies(await context.cookies());
    await page.goto(`/articles/${id}/edit`);
    await adminApi("PATCH", `/data/articles/${id}`, { content: "Theirs." });
    await text(page).fill("Mine.");
    await button(page, "Save").click();
    await expect(page.getByText(/^Another version was saved on/)).toBeVisible();
    await expect(text(page)).toHaveValue("Mine.");
    await page.getByLabel(en.editor.replaceOther).check();
    await title(page).fill("");
    await button(page, "Save").click();
    await expect(title(page)).toHaveAccessibleDescription(/required/);
    await expect(page.getByLabel(en.editor.replaceOther)).toBeChecked();
    await title(page).fill("Mine");
    await button(page, "Save").click();
    await expect(page.locator(".prose")).toHaveText("Mine.");
  });

  test("are detected in a restored draft", async ({ page, context, author, api }) => {
    test.slow();
    const id = await author.write({ title: "Shared", content: "First." });
    await openEditor(page, id);
    await text(page).fill("Mine.");
    await expect(page.getByText("Kept on this device")).toBeVisible();
    await page.close();
    const { accessToken } = author;
    await api("PATCH", `/data/articles/${id}`, { body: { content: "Theirs." }, accessToken });

    const next = await context.newPage();
    await openEditor(next, id);
    await expect(text(next)).toHaveValue("Theirs.");
    await button(next, "Restore").click();
    await expect(text(next)).toHaveValue("Mine.");
    await button(next, "Save").click();
    await expect(next.getByText(/^You saved another version/)).toBeVisible();
  });
});

/** Stays on the page when it asks before leaving. @returns the questions, to which later ones are added. */
function dismissDialogs(page: Page): string[] {
  const asked: string[] = [];
  page.on("dialog", async (dialog) => {
    asked.push(dialog.message());
    await dialog.dismiss();
  });
  return asked;
}

async function png(name: string): Promise<TransferredFile> {
  return { name, mimeType: "image/png", buffer: await picture("png") };
}

async function select(field: Locator, start: number, end: number): Promise<void> {
  await field.evaluate(
    (input: HTMLTextAreaElement, [from, to]) => {
      input.focus();
      input.setSelectionRange(from, to);
    },
    [start, end] as const,
  );
}

/** Drops files on a field, or pastes them, by dispatching the browser's events. */
async function transferFiles(
  field: Locator,
  way: "paste" | "drop",
  files: TransferredFile[],
  alsoText?: string,
): Promise<void> {
  const parts = files.map(({ name, mimeType, buffer }) => ({
    name,
    mimeType,
    data: buffer.toString("base64"),
  }));
  await field.evaluate(
    (target, { way, parts, alsoText }) => {
      const transfer = new DataTransfer();
      for (const { name, mimeType, data } of parts) {
        const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: mimeType }));
      }
      if (alsoText !== undefined) transfer.setData("text/plain", alsoText);
      const options = { bubbles: true, cancelable: true };
      target.dispatchEvent(
        way === "paste"
          ? new ClipboardEvent("paste", { ...options, clipboardData: transfer })
          : new DragEvent("drop", { ...options, dataTransfer: transfer }),
      );
    },
    { way, parts, alsoText },
  );
}

/** Blocks the server actions of a page. @returns a function that lets them reach the server, or fail. */
async function holdActions(page: Page): Promise<(outcome: "continue" | "abort") => void> {
  let answer: (outcome: "continue" | "abort") => void = () => {};
  const answered = new Promise<"continue" | "abort">((resolve) => {
    answer = resolve;
  });
  await page.route("**", async (route) => {
    if (!route.request().headers()["next-action"]) return route.fallback();
    await route[await answered]();
  });
  return (outcome) => answer(outcome);
}

/** Blocks uploads. @returns a function that releases them. */
async function holdUploads(page: Page): Promise<() => void> {
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(stored, async (route) => {
    if (route.request().method() === "PUT") await released;
    await route.continue();
  });
  return () => release();
}
