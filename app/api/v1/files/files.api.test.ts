import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { type ArticleAnswer, newUser, type Person, writeArticle } from "@/lib/testing/people";
import { gifThatIsAScript, heavyPicture, photograph, picture, vastPng } from "@/lib/testing/pictures";
import {
  askForAvatarUpload,
  askForFileUpload,
  errorOf,
  type FileAnswer,
  put,
  registration,
  storeFile,
} from "@/lib/testing/uploads";
import { stores, useStore } from "@/lib/testing/use-store";

type Download = { url: string; expiresAt?: string };

const at = ({ id }: FileAnswer) => `/v1/files/${id}`;

/** Fetches the picture from the file's download URL. */
async function download(person: Person, file: FileAnswer): Promise<Response> {
  const { body } = await person.api.post<Download>(`${at(file)}/download-url`);
  return fetch(body.url);
}

describe.each(stores)("files on a %s", (store) => {
  const { url, visitor, signedInUser } = useStore(store);

  test("can be uploaded as a cover as the cookbook describes, and readers see it", async () => {
    const author = await signedInUser();
    const bytes = await picture("png", { width: 400, height: 300 });
    const issued = await author.api.post("/v1/files/presigned-url", {
      filename: "산.png",
      contentType: "image/png",
      fileSize: bytes.length,
      visibility: "public",
      category: "images",
    });
    expect(issued).toMatchObject({
      status: 200,
      body: {
        key: expect.any(String),
        filename: "산.png",
        contentType: "image/png",
        expiresAt: expect.any(String),
      },
    });
    const { url: uploadUrl, key } = issued.body as { url: string; key: string };
    expect((await put(uploadUrl, bytes)).status).toBe(200);

    const registered = await author.api.post<FileAnswer>("/v1/files", {
      s3Key: key,
      originalName: "산.png",
      mimeType: "text/html",
      size: 7,
    });
    expect(registered).toMatchObject({
      status: 201,
      body: {
        key,
        originalName: "산.png",
        mimeType: "image/png",
        size: bytes.length,
        visibility: "public",
        ownerId: author.id,
      },
    });
    expect(Object.keys(registered.body).sort()).toEqual(
      ["createdAt", "id", "key", "mimeType", "originalName", "ownerId", "size", "visibility"].sort(),
    );

    const { body: link } = await visitor().post<Download>(`${at(registered.body)}/download-url`);
    expect(link).toEqual({ url: `${url()}/api/v1/storage/${key}` });
    const shown = await fetch(link.url);
    expect(shown.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(bytes);

    for (const coverImage of [key, link.url]) {
      const article = await writeArticle(author, { coverImage, isPublished: true });
      expect(article.coverImage).toBe(link.url);
      expect(await visitor().get(`/v1/data/articles/${article.id}`)).toMatchObject({
        body: { coverImage: link.url },
      });
    }
  });

  test("are readable only by the owner if private, by a URL that is valid for 15 minutes", async () => {
    const owner = await signedInUser();
    const bytes = await picture("webp");
    const file = await storeFile(owner, bytes, { contentType: "image/webp" });
    expect(file.visibility).toBe("private");

    const { body } = await owner.api.post<Download>(`${at(file)}/download-url`);
    expect(Date.parse(body.expiresAt ?? "") - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    expect(Date.parse(body.expiresAt ?? "") - Date.now()).toBeGreaterThan(14 * 60_000);
    const shown = await fetch(body.url);
    expect(shown.headers.get("cache-control")).toBe("private, no-store");
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(bytes);

    const address = new URL(body.url);
    const unsigned = address.origin + address.pathname;
    const later = new URL(body.url);
    later.searchParams.set("expires", "4102444800");
    for (const wrong of [
      unsigned,
      later.href,
      `${unsigned}?signature=${address.searchParams.get("signature")}`,
    ]) {
      expect(await errorOf(await fetch(wrong))).toEqual({ status: 403, code: "file/access-denied" });
    }
  });

  test("cannot be read with the upload URL, nor written with the download URL", async () => {
    const owner = await signedInUser();
    const { url: uploadUrl, key } = await askForFileUpload(owner);
    await put(uploadUrl, await picture("png"));
    const { body: file } = await owner.api.post<FileAnswer>("/v1/files", registration(key));
    const { body: link } = await owner.api.post<Download>(`${at(file)}/download-url`);
    expect((await fetch(uploadUrl)).status).toBe(403);
    expect(await errorOf(await put(link.url, await picture("png")))).toEqual({
      status: 403,
      code: "file/access-denied",
    });
  });

  test("have the visibility that the owner set last", async () => {
    const owner = await signedInUser();
    const { url: uploadUrl, key } = await askForFileUpload(owner, { visibility: "private" });
    const bytes = await picture("png");
    await put(uploadUrl, bytes);
    const { body: file } = await owner.api.post<FileAnswer>(
      "/v1/files",
      registration(key, { visibility: "public" }),
    );
    expect(file.visibility).toBe("public");
    const { body: link } = await visitor().post<Download>(`${at(file)}/download-url`);
    expect(Buffer.from(await (await fetch(link.url)).arrayBuffer())).toEqual(bytes);
  });

  test("lose their camera metadata, and have their orientation applied", async () => {
    const owner = await signedInUser();
    const file = await storeFile(owner, await photograph(), { contentType: "image/jpeg" });
    const bytes = Buffer.from(await (await download(owner, file)).arrayBuffer());
    expect(bytes.includes("Canary")).toBe(false);
    expect(bytes.length).toBe(file.size);
    const { width, height, format, exif } = await sharp(bytes).metadata();
    expect({ width, height, format, exif }).toEqual({
      width: 60,
      height: 120,
      format: "jpeg",
      exif: undefined,
    });
  });

  test("respond 404 to every caller after their deletion", async () => {
    const owner = await signedInUser();
    const file = await storeFile(owner, await picture("png"), { visibility: "public" });
    const { body: link } = await owner.api.post<Download>(`${at(file)}/download-url`);
    expect(await owner.api.delete(at(file))).toMatchObject({ status: 200, body: { success: true } });
    expect((await fetch(link.url)).status).toBe(404);
    for (const attempt of [
      owner.api.get(at(file)),
      owner.api.post(`${at(file)}/download-url`),
      owner.api.delete(at(file)),
      owner.api.post("/v1/files", registration(file.key)),
    ]) {
      expect(await attempt).toMatchObject({ status: 404, code: "file/not-found" });
    }
  });

  test("of a deleted user are kept for published articles and removed otherwise", async () => {
    const author = await signedInUser();
    const files: FileAnswer[] = [];
    for (let times = 0; times < 5; times++) {
      files.push(await storeFile(author, await picture("png"), { visibility: "public" }));
    }
    const [cover, copied, inText, ofDraft, unused] = files.map(({ key }) => key);
    await writeArticle(author, { coverImage: cover, isPublished: true });
    // As a browser copies it.
    await writeArticle(author, {
      coverImage: `${url()}/api/v1/storage/${copied}?width=640`,
      isPublished: true,
    });
    await writeArticle(author, { content: `![](${url()}/api/v1/storage/${inText})`, isPublished: true });
    await writeArticle(author, { coverImage: ofDraft });
    expect(await author.api.delete("/v1/auth/withdraw")).toMatchObject({ status: 200 });

    const statusOf = async (key = "") => (await fetch(`${url()}/api/v1/storage/${key}`)).status;
    await expect.poll(() => Promise.all([ofDraft, unused].map(statusOf))).toEqual([404, 404]);
    expect(await Promise.all([cover, copied, inText].map(statusOf))).toEqual([200, 200, 200]);
  });

  test.each<[string, () => Promise<Buffer> | Buffer, string, string]>([
    ["an HTML page", () => Buffer.from("<!doctype html><p>hello"), "image/png", "file/invalid-format"],
    ["a GIF that is also a script", gifThatIsAScript, "image/gif", "file/invalid-format"],
    ["a PNG that was declared as a GIF", () => picture("png"), "image/gif", "file/invalid-format"],
    ["a picture of 6 MiB", () => heavyPicture(6 * 1024 * 1024), "image/png", "file/file-too-large"],
    ["a PNG of 30,000 by 30,000 pixels", () => vastPng(30_000), "image/png", "file/invalid-format"],
  ])("are rejected when they are %s", async (_name, make, contentType, code) => {
    const owner = await signedInUser();
    const { url: uploadUrl, key } = await askForFileUpload(owner, { contentType, visibility: "public" });
    const response = await put(uploadUrl, await make(), contentType);
    const registering = await owner.api.post("/v1/files", registration(key));
    if (store === "disk") {
      expect(await errorOf(response)).toEqual({ status: 400, code });
      expect(registering).toMatchObject({ status: 404, code: "file/not-found" });
    } else {
      expect(registering).toMatchObject({ status: 400, code });
    }
  });
});

describe("an upload URL for a file", () => {
  const good = { filename: "a.png", contentType: "image/png" };

  test.each<[string, object, string]>([
    ["without a name", { contentType: "image/png" }, "file/invalid-name"],
    ["with a path as its name", { ...good, filename: "../../x" }, "file/invalid-name"],
    ["with a NUL in its name", { ...good, filename: "a\0.png" }, "file/invalid-name"],
    ["with a name of 300 characters", { ...good, filename: "x".repeat(300) }, "file/invalid-name"],
    ["with a direction override in its name", { ...good, filename: "a\u202egnp.exe" }, "file/invalid-name"],
    ["without a type", { filename: "a.png" }, "file/invalid-format"],
    ["with an SVG type", { ...good, contentType: "image/svg+xml" }, "file/invalid-format"],
    ["for more than 5 MiB", { ...good, fileSize: 5 * 1024 * 1024 + 1 }, "file/file-too-large"],
    ["for a size that is not a number", { ...good, fileSize: "1" }, "file/invalid-format"],
    ["with an unknown visibility", { ...good, visibility: "all" }, "file/invalid-format"],
    ["with an unknown field", { ...good, path: "/etc" }, "file/invalid-format"],
  ])("is not issued %s", async (_name, body, code) => {
    const person = await newUser();
    expect(await person.api.post("/v1/files/presigned-url", body)).toMatchObject({ status: 400, code });
  });

  test.each(["public", "private", "protected", "shared"])("is issued for a %s file", async (visibility) => {
    const owner = await newUser();
    const file = await storeFile(owner, await picture("png"), { visibility });
    expect(file.visibility).toBe(visibility);
    const other = await newUser();
    expect((await other.api.get(at(file))).status).toBe(visibility === "public" ? 200 : 403);
  });
});

describe("registering a file", () => {
  test.each<[string, object, number, string]>([
    ["is rejected with a key that was never issued", registration("0".repeat(32)), 404, "file/not-found"],
    ["is rejected with a path as its key", registration("../../x"), 404, "file/not-found"],
    ["is rejected with a NUL as its key", registration("\0"), 404, "file/not-found"],
    [
      "is rejected without a key",
      { originalName: "a", mimeType: "image/png", size: 1 },
      400,
      "file/invalid-format",
    ],
    [
      "is rejected with a path as its name",
      registration("x", { originalName: "../../x" }),
      400,
      "file/invalid-name",
    ],
    [
      "is rejected with a size that is not a number",
      registration("x", { size: "1" }),
      400,
      "file/invalid-format",
    ],
    [
      "is rejected with an unknown visibility",
      registration("x", { visibility: "all" }),
      400,
      "file/invalid-format",
    ],
    ["is rejected with an unknown field", registration("x", { ownerId: "me" }), 400, "file/invalid-format"],
  ])("%s", async (_name, body, status, code) => {
    const person = await newUser();
    expect(await person.api.post("/v1/files", body)).toMatchObject({ status, code });
  });

  test("is rejected with the key of another user or of an avatar, or before the upload", async () => {
    const [person, other] = [await newUser(), await newUser()];
    const [theirs, avatar, empty] = [
      await askForFileUpload(other),
      await askForAvatarUpload(person),
      await askForFileUpload(person),
    ];
    for (const { url } of [theirs, avatar]) expect((await put(url, await picture("png"))).status).toBe(200);
    for (const { key } of [theirs, avatar, empty]) {
      expect(await person.api.post("/v1/files", registration(key))).toMatchObject({
        status: 404,
        code: "file/not-found",
      });
    }
  });

  test("twice returns the same file", async () => {
    const person = await newUser();
    const file = await storeFile(person, await picture("png"));
    expect(await person.api.post("/v1/files", registration(file.key))).toMatchObject({
      status: 201,
      body: file,
    });
  });
});

describe("a file of another user", () => {
  test("is readable when it is public, and only its owner can delete it", async () => {
    const [owner, other] = [await newUser(), await newUser()];
    const open = await storeFile(owner, await picture("png"), { visibility: "public" });
    const closed = await storeFile(owner, await picture("png"));
    const denied = { status: 403, code: "file/access-denied" };
    for (const caller of [other.api, guest()]) {
      expect(await caller.get(at(open))).toMatchObject({ status: 200, body: open });
      expect(await caller.get(at(closed))).toMatchObject(denied);
      expect(await caller.post(`${at(closed)}/download-url`)).toMatchObject(denied);
    }
    for (const file of [open, closed]) {
      expect(await other.api.delete(at(file))).toMatchObject(denied);
      expect(await guest().delete(at(file))).toMatchObject({ status: 401, code: "auth/unauthorized" });
    }
    expect(await owner.api.get(at(closed))).toMatchObject({ status: 200, body: closed });

    const admin = withSecretKey();
    expect(await admin.get(at(closed))).toMatchObject({ status: 200 });
    expect(await admin.post(`${at(closed)}/download-url`)).toMatchObject({ status: 200 });
    expect(await admin.delete(at(closed))).toMatchObject({ status: 200, body: { success: true } });
  });

  test.each(["nothing", "%00", "x".repeat(2000)])("is not found by the id %.7s", async (id) => {
    expect(await guest().get(`/v1/files/${id}`)).toMatchObject({ status: 404, code: "file/not-found" });
    expect(await guest().post(`/v1/files/${id}/download-url`)).toMatchObject({ status: 404 });
  });

  test("is not found by the id of an avatar upload", async () => {
    const person = await newUser();
    const { key } = await askForAvatarUpload(person);
    const [row] = await queryDatabase<{ id: string }>(`SELECT id FROM "File" WHERE key = $1`, key);
    expect(await person.api.get(`/v1/files/${row?.id}`)).toMatchObject({
      status: 404,
      code: "file/not-found",
    });
  });

  test("cannot become a cover by its key, unlike a public file of the author", async () => {
    const [owner, other] = [await newUser(), await newUser()];
    const open = await storeFile(owner, await picture("png"), { visibility: "public" });
    const closed = await storeFile(owner, await picture("png"));
    const article = { title: "T", content: "C" };
    const problem = { status: 400, code: "data/validation-error" };
    for (const [person, coverImage] of [
      [other, open.key],
      [owner, closed.key],
      [owner, "0".repeat(32)],
    ] as const) {
      expect(await person.api.post("/v1/data/articles", { ...article, coverImage })).toMatchObject({
        ...problem,
        body: { error: { details: [{ path: "coverImage", message: expect.any(String) }] } },
      });
    }

    const draft = await writeArticle(owner);
    const path = `/v1/data/articles/${draft.id}`;
    expect(await owner.api.patch(path, { coverImage: closed.key })).toMatchObject(problem);
    expect(await other.api.patch(path, { coverImage: open.key })).toMatchObject({ status: 404 });
    const { body } = await owner.api.patch<ArticleAnswer>(path, { coverImage: open.key });
    expect(body.coverImage).toMatch(new RegExp(`^http.*/api/v1/storage/${open.key}$`));
    // The URL in the response may be sent back.
    expect(await owner.api.patch(path, { coverImage: body.coverImage })).toMatchObject({
      status: 200,
      body: { coverImage: body.coverImage },
    });
  });
});
