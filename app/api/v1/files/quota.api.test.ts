import { describe, expect, test } from "vitest";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newUser, type Person } from "@/lib/testing/people";
import { picture } from "@/lib/testing/pictures";
import { askForAvatarUpload, askForFileUpload, errorOf, put, registration } from "@/lib/testing/uploads";

const quota = 500 * 1024 * 1024;
const exceeded = { status: 403, code: "file/quota-exceeded" };

/** Adds a stored picture of `bytes` bytes to a user. */
async function fill({ id }: Person, bytes: number): Promise<void> {
  await queryDatabase(
    `INSERT INTO "File" (id, key, "privateName", kind, visibility, "ownerId", "originalName", "mimeType", size,
                         "uploadExpiresAt", "registeredAt", "settledAt")
     VALUES (gen_random_uuid(), md5(random()::text), md5(random()::text), 'file', 'private', $1, 'a.png', 'image/png',
             $2, now(), now(), now())`,
    id,
    bytes,
  );
}

describe("the storage quota of a user", () => {
  test("prevents upload URLs for files and avatars when it is full", async () => {
    const person = await newUser();
    await fill(person, quota);
    const input = { filename: "a.png", contentType: "image/png" };
    expect(await person.api.post("/v1/files/presigned-url", input)).toMatchObject(exceeded);
    expect(await person.api.post(`/v1/users/${person.id}/avatar/upload-url`, input)).toMatchObject(exceeded);
    await queryDatabase(`UPDATE "File" SET "removedAt" = now() WHERE "ownerId" = $1`, person.id);
    expect((await person.api.post("/v1/files/presigned-url", input)).status).toBe(200);
  });

  test("is not exceeded by ten concurrent uploads", async () => {
    const person = await newUser();
    const bytes = await picture("png");
    const uploads = await Promise.all(Array.from({ length: 10 }, () => askForFileUpload(person)));
    await fill(person, quota - Math.floor(bytes.length * 3.5));
    const answers = await Promise.all(uploads.map(({ url }) => put(url, bytes)));
    const rejected = answers.filter(({ status }) => status !== 200);
    expect(rejected).toHaveLength(7);
    for (const answer of rejected) expect(await errorOf(answer)).toEqual(exceeded);
  });

  test("is checked again when an uploaded picture is registered", async () => {
    const person = await newUser();
    const { url, key } = await askForFileUpload(person);
    expect((await put(url, await picture("png"))).status).toBe(200);
    await fill(person, quota);
    expect(await person.api.post("/v1/files", registration(key))).toMatchObject(exceeded);
    const other = await newUser();
    const avatar = await askForAvatarUpload(other);
    expect((await put(avatar.url, await picture("png"))).status).toBe(200);
  });
});
