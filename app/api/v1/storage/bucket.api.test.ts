import { Client } from "pg";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { type Person, writeArticle } from "@/lib/testing/people";
import { heavyPicture, picture } from "@/lib/testing/pictures";
import {
  askForAvatarUpload,
  askForFileUpload,
  errorOf,
  imageOf,
  put,
  registration,
  setAvatar,
  storeFile,
} from "@/lib/testing/uploads";
import { type BlogWithStore, useStore } from "@/lib/testing/use-store";

/** Simulates that `hours` have passed since the upload: moves the timestamp of its row into the past. */
async function letHoursPass(blog: BlogWithStore, key: string, hours: number): Promise<void> {
  const client = new Client({ connectionString: blog.app()?.database.url });
  await client.connect();
  await client.query(
    `UPDATE "File" SET "uploadExpiresAt" = "uploadExpiresAt" - make_interval(hours => $2) WHERE key = $1`,
    [key, hours],
  );
  await client.end();
}

/** Triggers a cleanup: every avatar change runs one. */
async function sweep(person: Person): Promise<void> {
  expect((await person.api.delete(`/v1/users/${person.id}/avatar`)).status).toBe(200);
}

describe("a publicly readable bucket", () => {
  const blog = useStore("bucket", ({ bucketUrl }) => ({ S3_PUBLIC_URL: bucketUrl }));
  const inBucket = (name: string) => fetch(`${blog.bucket()?.bucketUrl}/${name}`);

  test("serves public pictures by a redirect", async () => {
    const { image, key } = await setAvatar(await blog.signedInUser(), await picture("png"));
    const answer = await fetch(image, { redirect: "manual" });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(`${blog.bucket()?.bucketUrl}/avatars/${key}`);
    const shown = await fetch(image);
    expect(shown.headers.get("content-type")).toBe("image/webp");
    expect(shown.headers.get("cache-control")).toBe("public, max-age=86400");
  });

  test("also serves the resized versions of a public picture, until it is deleted", async () => {
    const owner = await blog.signedInUser();
    const large = await picture("png", { width: 1200, height: 900 });
    const { key, id } = await storeFile(owner, large, { visibility: "public" });
    const answer = await fetch(`${blog.url()}/api/v1/storage/${key}?width=320`, { redirect: "manual" });
    expect(answer.headers.get("location")).toBe(`${blog.bucket()?.bucketUrl}/files/${key}-320`);
    expect((await inBucket(`files/${key}-320`)).headers.get("content-type")).toBe("image/webp");
    await owner.api.delete(`/v1/files/${id}`);
    await expect.poll(async () => (await inBucket(`files/${key}-320`)).status).toBe(404);
  });

  test("does not return a private picture to a caller who knows its key", async () => {
    const owner = await blog.signedInUser();
    const { key, id } = await storeFile(owner, await picture("png"));
    for (const folder of ["files", "avatars", "private"]) {
      expect((await inBucket(`${folder}/${key}`)).status).toBe(404);
    }
    const { body } = await owner.api.post<{ url: string }>(`/v1/files/${id}/download-url`);
    const shown = await fetch(body.url, { redirect: "manual" });
    expect({ status: shown.status, type: shown.headers.get("content-type") }).toEqual({
      status: 200,
      type: "image/png",
    });
  });

  test("removes the private copy of a picture that becomes public", async () => {
    const owner = await blog.signedInUser();
    const { url, key } = await askForFileUpload(owner);
    await put(url, await picture("png"));
    await owner.api.post("/v1/files", registration(key, { visibility: "public" }));
    expect((await fetch(url.replace(/\?.*/, ""))).status).toBe(404);
    expect((await inBucket(`files/${key}`)).status).toBe(200);
  });

  test("rejects an upload with an altered URL or another type", async () => {
    const { url } = await askForAvatarUpload(await blog.signedInUser());
    expect((await put(`${url}0`, await picture("png"))).status).toBe(403);
    expect((await put(url.replace("avatars/", "avatars/0"), await picture("png"))).status).toBe(403);
    expect((await put(url, await picture("png"), "text/html")).status).toBe(403);
    expect((await put(url, await picture("png"))).status).toBe(200);
  });

  test("accepts no upload through the blog's own storage route", async () => {
    const { key } = await askForAvatarUpload(await blog.signedInUser());
    const answer = await put(
      `${blog.url()}/api/v1/storage/${key}?expires=4102444800&signature=x`,
      Buffer.from("x"),
    );
    expect(await errorOf(answer)).toEqual({ status: 403, code: "file/access-denied" });
  });

  test("has an unregistered picture checked by the blog before it is shown", async () => {
    const person = await blog.signedInUser();
    const [page, vast] = [await askForAvatarUpload(person), await askForAvatarUpload(person)];
    await put(page.url, Buffer.from("<!doctype html>"));
    await put(vast.url, await heavyPicture(6 * 1024 * 1024));
    expect((await fetch(`${blog.url()}/api/v1/storage/${page.key}`)).status).toBe(404);
    expect((await fetch(`${blog.url()}/api/v1/storage/${vast.key}`)).status).toBe(404);
  });

  test("has a picture checked again that is overwritten after its check", async () => {
    const [person, attacker, sweeper] = [
      await blog.signedInUser(),
      await blog.signedInUser(),
      await blog.signedInUser(),
    ];
    const bytes = await picture("png");
    const uploads = [];
    for (const user of [person, attacker]) {
      const upload = await askForAvatarUpload(user);
      await put(upload.url, bytes);
      await user.api.patch(`/v1/users/${user.id}/avatar`, { s3Key: upload.key });
      uploads.push(upload);
    }
    const [honest, sneaky] = uploads;
    if (!honest || !sneaky) throw new Error("Nothing was uploaded.");
    // One client repeats its upload after a lost response; another uploads something else.
    expect((await put(honest.url, bytes)).status).toBe(200);
    expect((await put(sneaky.url, Buffer.from("<script>"))).status).toBe(200);

    for (const { key } of uploads) await letHoursPass(blog, key, 1);
    await sweep(sweeper);
    await expect.poll(() => imageOf(attacker)).toBeNull();
    await expect.poll(async () => (await inBucket(`avatars/${sneaky.key}`)).status).toBe(404);
    const cleaned = async () => {
      const shown = Buffer.from(await (await inBucket(`avatars/${honest.key}`)).arrayBuffer());
      return (await sharp(shown).metadata()).format;
    };
    await expect.poll(cleaned).toBe("webp");
    expect(await imageOf(person)).toContain(honest.key);
  });

  test("has an upload removed that was not used within a day", async () => {
    const person = await blog.signedInUser();
    const [old, recent] = [await askForAvatarUpload(person), await askForFileUpload(person)];
    for (const { url } of [old, recent]) await put(url, await picture("png"));
    await letHoursPass(blog, old.key, 25);
    await letHoursPass(blog, recent.key, 23);
    await sweep(person);
    await expect.poll(async () => (await inBucket(`avatars/${old.key}`)).status).toBe(404);
    expect((await fetch(recent.url.replace(/\?.*/, ""))).status).toBe(200);
  });

  test("keeps nothing of a deleted account, even an upload sent after the deletion", async () => {
    const [person, sweeper] = [await blog.signedInUser(), await blog.signedInUser()];
    const upload = await askForAvatarUpload(person);
    await person.api.delete("/v1/auth/withdraw");
    expect((await put(upload.url, await picture("png"))).status).toBe(200);
    await letHoursPass(blog, upload.key, 25);
    await sweep(sweeper);
    await expect.poll(async () => (await inBucket(`avatars/${upload.key}`)).status).toBe(404);
  });
});

// Last, as it stops the bucket.
describe("an unavailable bucket", () => {
  const blog = useStore("bucket");

  test("affects only pictures, which respond 503", async () => {
    const person = await blog.signedInUser();
    const { image } = await setAvatar(person, await picture("png"));
    const upload = await askForAvatarUpload(person);
    await put(upload.url, await picture("png"));
    await blog.bucket()?.stop();

    const article = await writeArticle(person, { title: "Still here", isPublished: true });
    expect(await blog.visitor().get(`/v1/data/articles/${article.id}`)).toMatchObject({
      status: 200,
      body: { author: { image } },
    });
    expect(await person.api.patch(`/v1/users/${person.id}`, { name: "Other" })).toMatchObject({
      status: 200,
      body: { name: "Other", image },
    });
    for (const path of ["/", `/articles/${article.id}`, "/health/ready"]) {
      expect((await fetch(`${blog.url()}${path}`)).status).toBe(200);
    }

    expect(await person.api.patch(`/v1/users/${person.id}/avatar`, { s3Key: upload.key })).toMatchObject({
      status: 503,
      code: "common/unavailable",
    });
    const shown = await fetch(image);
    expect(await errorOf(shown)).toEqual({ status: 503, code: "common/unavailable" });
    expect(shown.headers.get("retry-after")).toBeTruthy();

    // Deletions are recorded, and done when the bucket is available again.
    expect(await person.api.delete(`/v1/users/${person.id}/avatar`)).toMatchObject({ status: 200 });
    expect(await imageOf(person)).toBeNull();
    expect(await person.api.delete("/v1/auth/withdraw")).toMatchObject({ status: 200 });
  });
});
