import { site } from "../lib/config/site";
import { expect, test } from "./fixtures";

/** Each calls `alert` if it runs, which the test detects. */
const payloads = [
  "<script>alert(1)</script>",
  "<SCRIPT SRC=data:,alert(1)></SCRIPT>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "</script><script>alert(1)</script>",
  "</title><script>alert(1)</script>",
  "</textarea><script>alert(1)</script>",
  "</style><script>alert(1)</script>",
  "--><script>alert(1)</script>",
  "<!--<script>alert(1)//-->",
  "]]><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<img src=x:x onerror=alert(1)//",
  "<img/src/onerror=alert(1)>",
  "<img src='x' onerror='alert(1)'>",
  '"><img src=x onerror=alert(1)>',
  "'><img src=x onerror=alert(1)>",
  "<svg onload=alert(1)>",
  "<svg/onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
  "<svg><a xlink:href=javascript:alert(1)><text y=20>x</text></a></svg>",
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
  "<body onload=alert(1)>",
  "<iframe src=javascript:alert(1)></iframe>",
  "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
  "<object data=javascript:alert(1)></object>",
  "<embed src=javascript:alert(1)>",
  "<form action=javascript:alert(1)><button>x</button></form>",
  "<button formaction=javascript:alert(1)>x</button>",
  "<input autofocus onfocus=alert(1)>",
  "<select autofocus onfocus=alert(1)><option>x</select>",
  "<details open ontoggle=alert(1)>x</details>",
  "<marquee onstart=alert(1)>x</marquee>",
  "<video><source onerror=alert(1)></video>",
  "<audio src=x onerror=alert(1)>",
  "<base href=javascript:/a/-alert(1)///////>",
  "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
  "<link rel=stylesheet href=javascript:alert(1)>",
  "<style>@import 'javascript:alert(1)';</style>",
  "<div style=background:url(javascript:alert(1))>x</div>",
  "<a href=javascript:alert(1)>x</a>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](java\tscript:alert(1))",
  "[x](&#106;avascript:alert(1))",
  "[x](javascript&colon;alert(1))",
  "[x](\u0001javascript:alert(1))",
  "[x](vbscript:alert(1))",
  "[x](data:text/html,<script>alert(1)</script>)",
  "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[x]: javascript:alert(1)\n\n[x]",
  "<javascript:alert(1)>",
  "![x](javascript:alert(1))",
  '![x](x"onerror="alert(1))',
  '![x](https://x.invalid/x.png "onerror=alert(1)")',
  '```"><script>alert(1)</script>\nx\n```',
  "```js onload=alert(1)\nalert\n```",
  "[^<img src=x onerror=alert(1)>]\n\n[^<img src=x onerror=alert(1)>]: x",
  "| a |\n|-|\n| <img src=x onerror=alert(1)> |",
  "{{constructor.constructor('alert(1)')()}}",
  "javascript:alert(1)",
];

/** Split into several tests, since all payloads together take long. */
const parts = [0, 1, 2, 3].map((part) => payloads.filter((_, index) => index % 4 === part));

for (const [index, part] of parts.entries()) {
  test(`none of the known payloads runs, as name, title or Markdown, part ${index + 1}`, async ({
    page,
    api,
    openBrowser,
    newUser,
  }) => {
    test.slow();
    const ran: string[] = [];
    const guest = await openBrowser();
    for (const browser of [page, guest]) {
      await browser.exposeFunction("alert", (value: unknown) => ran.push(String(value)));
      browser.on("dialog", (dialog) => {
        ran.push(dialog.message());
        void dialog.dismiss();
      });
    }

    const name = payloads.find((payload) => payload.startsWith("<img src=x onerror")) ?? "";
    const signedUp = await api("POST", "/auth/email/signup", {
      body: { ...newUser, method: "password", name },
    });
    const { accessToken } = await signedUp.json();

    for (const payload of part) {
      const written = await api("POST", "/data/articles", {
        body: {
          title: payload.replaceAll(/\s+/g, " ").slice(0, 200),
          content: payload,
          category: payload.slice(0, 50),
          isPublished: true,
        },
        accessToken,
      });
      // Control characters are rejected by validation.
      if (written.status() === 400) continue;
      expect(written.status(), payload).toBe(201);
      const { id } = await written.json();
      await guest.goto(`/articles/${id}`);
      for (const link of await guest.locator(".prose a:not(.anchor)").all()) {
        expect(await link.getAttribute("href"), payload).not.toMatch(/^\s*(javascript|vbscript|data):/i);
      }
      await expect(
        guest.locator(".prose :is(script, iframe, object, embed, form, svg, style, base, link)"),
      ).toHaveCount(0);
    }

    for (const path of ["/", "/search?search=alert", "/?page=2", "/?page=3"]) await guest.goto(path);
    await guest.goto(`/search?${new URLSearchParams({ search: "<img src=x onerror=alert(1)>" })}`);
    expect(ran).toEqual([]);
  });
}

test("a title with a closing script tag is inert in JSON-LD and in the head", async ({ page, author }) => {
  const title = '</script><script>document.title = "taken"</script>';
  const id = await author.write({ title });
  await page.goto(`/articles/${id}`);
  await expect(page).toHaveTitle(`${title} · ${site.name.en}`);
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? "");
  expect(data.headline).toBe(title);
});

test("a preview runs no script", async ({ page, author: _ }) => {
  const ran: string[] = [];
  await page.exposeFunction("alert", (value: unknown) => ran.push(String(value)));
  await page.goto("/articles/new");
  await page.getByLabel("Text", { exact: true }).fill(`${payloads.join("\n\n")}\n\n**the end**`);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.locator("#preview strong", { hasText: "the end" })).toBeVisible();
  expect(ran).toEqual([]);
});

test("the ID of a heading cannot clobber a global of a script", async ({ page, author }) => {
  const id = await author.write({
    title: "Names",
    content: "## \\_\\_next_f\n\n## TURBOPACK\n\n## content\n\nWords.",
  });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(`/articles/${id}`, { waitUntil: "networkidle" });
  await page.getByRole("link", { name: "Search" }).click();
  await expect(page).toHaveURL("/search");
  expect(errors).toEqual([]);
});
