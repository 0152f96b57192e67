import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { guest, withSecretKey } from "@/lib/testing/caller";
import { newUser, type Person, writeArticle } from "@/lib/testing/people";
import { gifThatIsAScript, heavyPicture, photograph, picture, vastPng } from "@/lib/testing/pictures";
import { askForAvatarUpload, errorOf, imageOf, put, setAvatar } from "@/lib/testing/uploads";
import { stores, useStore } from "@/lib/testing/use-store";

const avatarOf = ({ id }: Person) => `/v1/users/${id}/avatar`;

describe.each(stores)("an avatar on a %s", (store) => {
  const { url, visitor, signedInUser } = useStore(store);

  test("is uploaded, visible immediately, and then set", async () => {
    const person = await signedInUser();
    const upload = await askForAvatarUpload(person);
    const address = upload.url.replace(/\?.*/, "");
    expect(Date.parse(upload.expiresAt) - Date.now()).toBeGreaterThan(14 * 60_000);
    expect(Date.parse(upload.expiresAt) - Date.now()).toBeLessThanOrEqual(15 * 60_000);

    const bytes = await picture("png");
    expect((await put(upload.url, bytes)).status).toBe(200);
    const seen = await fetch(address);
    expect(seen.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await seen.arrayBuffer())).toEqual(bytes);

    const { status, body } = await person.api.patch<{ image: string }>(avatarOf(person), {
      s3Key: upload.key,
    });
    expect({ status, body }).toEqual({
      status: 200,
      body: { image: `${url()}/api/v1/storage/${upload.key}` },
    });
    expect(await imageOf(person)).toBe(body.image);
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ body: { image: body.image } });
    expect(await imageOf(person, (await signedInUser()).api)).toBe(body.image);
    const article = await writeArticle(person, { isPublished: true });
    expect(article).toMatchObject({ author: { image: body.image } });
    expect(await visitor().get(`/v1/data/articles/${article.id}`)).toMatchObject({
      body: { author: { image: body.image } },
    });
    for (const at of [body.image, address]) {
      const shown = await fetch(at);
      expect(shown.status).toBe(200);
      const { width, height, format } = await sharp(Buffer.from(await shown.arrayBuffer())).metadata();
      expect({ width, height, format }).toEqual({ width: 60, height: 60, format: "webp" });
    }
  });

  test.each(["jpeg", "png", "gif", "webp"] as const)(
    "may be a %s, which is converted to WebP",
    async (type) => {
      const person = await signedInUser();
      const bytes = await picture(type, { width: 900, height: 1200 });
      const { image } = await setAvatar(person, bytes, `image/${type}`);
      const avatar = await fetch(image);
      expect(avatar.headers.get("content-type")).toBe("image/webp");
      expect(await sharp(Buffer.from(await avatar.arrayBuffer())).metadata()).toMatchObject({
        width: 512,
        height: 512,
      });
    },
  );

  test("loses its camera metadata", async () => {
    const person = await signedInUser();
    const bytes = await photograph();
    expect(bytes.includes("Canary Camera")).toBe(true);
    expect(await sharp(bytes).metadata()).toMatchObject({ orientation: 6 });
    const { image } = await setAvatar(person, bytes, "image/jpeg");
    const avatar = Buffer.from(await (await fetch(image)).arrayBuffer());
    expect(avatar.includes("Canary")).toBe(false);
    const { exif, orientation, xmp } = await sharp(avatar).metadata();
    expect({ exif, orientation, xmp }).toEqual({ exif: undefined, orientation: undefined, xmp: undefined });
  });

  test("is deleted when it is replaced or removed", async () => {
    const person = await signedInUser();
    const first = await setAvatar(person, await picture("png"));
    const second = await setAvatar(person, await picture("png", { colour: "#000000" }));
    expect((await fetch(first.image)).status).toBe(404);
    expect((await fetch(second.image)).status).toBe(200);
    expect(await person.api.patch(avatarOf(person), { s3Key: first.key })).toMatchObject({
      status: 404,
      code: "file/not-found",
    });

    expect(await person.api.delete(avatarOf(person))).toMatchObject({
      status: 200,
      body: { message: expect.any(String) },
    });
    expect(await imageOf(person)).toBeNull();
    expect((await fetch(second.image)).status).toBe(404);
    // Removing it again succeeds without effect.
    expect(await person.api.delete(avatarOf(person))).toMatchObject({ status: 200 });
  });

  test("may be registered twice", async () => {
    const person = await signedInUser();
    const { image, key } = await setAvatar(person, await picture("png"));
    expect(await person.api.patch(avatarOf(person), { s3Key: key })).toMatchObject({
      status: 200,
      body: { image },
    });
    expect((await fetch(image)).status).toBe(200);
  });

  describe("in a profile", () => {
    test("may be the URL of an uploaded picture, the current one, or null", async () => {
      const person = await signedInUser();
      const upload = await askForAvatarUpload(person);
      await put(upload.url, await picture("png"));
      const address = upload.url.replace(/\?.*/, "");
      const changed = await person.api.patch<{ image: string }>(`/v1/users/${person.id}`, { image: address });
      expect(changed).toMatchObject({
        status: 200,
        body: { image: `${url()}/api/v1/storage/${upload.key}` },
      });
      const { image } = changed.body;
      expect((await fetch(image)).headers.get("content-type")).toBe("image/webp");

      for (const path of [`/v1/users/${person.id}`, `/v1/users/${person.id}/profile`]) {
        expect(await person.api.patch(path, { image, name: "Other" })).toMatchObject({
          status: 200,
          body: { image, name: "Other" },
        });
      }
      expect(await person.api.patch(`/v1/users/${person.id}/profile`, { image: null })).toMatchObject({
        status: 200,
        body: { image: null },
      });
      expect((await fetch(image)).status).toBe(404);
    });

    test("cannot be the picture of another user or of another site", async () => {
      const [person, other] = [await signedInUser(), await signedInUser()];
      const { image, key } = await setAvatar(other, await picture("png"));
      for (const address of [
        image,
        `https://example.com/${key}`,
        `${url()}/api/v1/storage/${"0".repeat(32)}`,
        `${url()}/api/v1/storage/../storage/${key}`,
        key,
        "",
      ]) {
        expect(await person.api.patch(`/v1/users/${person.id}`, { image: address })).toMatchObject({
          status: 400,
          code: "common/validation-error",
        });
      }
      expect(await imageOf(person)).toBeNull();
      expect(await imageOf(other)).toBe(image);
    });
  });

  test("cannot be changed by another user", async () => {
    const [person, other] = [await signedInUser(), await signedInUser()];
    const { image } = await setAvatar(other, await picture("png"));
    const mine = await askForAvatarUpload(person);
    await put(mine.url, await picture("png"));
    for (const attempt of [
      person.api.post(`${avatarOf(other)}/upload-url`, { filename: "a.png" }),
      person.api.patch(avatarOf(other), { s3Key: mine.key }),
      person.api.delete(avatarOf(other)),
      person.api.patch(`/v1/users/${other.id}`, { image: null }),
    ]) {
      expect(await attempt).toMatchObject({ status: 403, code: "user/forbidden" });
    }
    expect(await imageOf(other)).toBe(image);
    // Nor can the caller use another user's key for their own avatar.
    const theirs = await askForAvatarUpload(other);
    await put(theirs.url, await picture("png"));
    expect(await person.api.patch(avatarOf(person), { s3Key: theirs.key })).toMatchObject({
      status: 404,
      code: "file/not-found",
    });
    expect(await imageOf(person)).toBeNull();
  });

  test.each<[string, () => Promise<Buffer> | Buffer, string, string]>([
    ["an SVG, which can contain scripts", () => svg, "image/png", "file/invalid-format"],
    [
      "a page",
      () => Buffer.from("<!doctype html><script>alert(1)</script>"),
      "image/png",
      "file/invalid-format",
    ],
    ["a GIF that is also a script", gifThatIsAScript, "image/gif", "file/invalid-format"],
    [
      "a script with the first bytes of a GIF",
      () => Buffer.from("GIF89a/*x*/=1;alert(1)//"),
      "image/gif",
      "file/invalid-format",
    ],
    [
      "a PNG followed by HTML",
      async () => Buffer.concat([await picture("png"), Buffer.from("<html >")]),
      "image/png",
      "file/invalid-format",
    ],
    ["a JPEG that was declared as a PNG", () => picture("jpeg"), "image/png", "file/invalid-format"],
    [
      "a truncated picture",
      async () => (await heavyPicture(3000)).subarray(0, 1500),
      "image/png",
      "file/invalid-format",
    ],
    ["an empty file", () => Buffer.alloc(0), "image/png", "file/invalid-format"],
    ["a picture of 6 MiB", () => heavyPicture(6 * 1024 * 1024), "image/png", "file/file-too-large"],
    ["a PNG of 30,000 by 30,000 pixels", () => vastPng(30_000), "image/png", "file/invalid-format"],
  ])("cannot be %s", async (_name, make, contentType, code) => {
    const person = await signedInUser();
    const upload = await askForAvatarUpload(person, { filename: "a", contentType });
    const response = await put(upload.url, await make(), contentType);
    const registering = await person.api.patch(avatarOf(person), { s3Key: upload.key });
    if (store === "disk") {
      expect(await errorOf(response)).toEqual({ status: 400, code });
      expect(registering).toMatchObject({ status: 404, code: "file/not-found" });
      expect((await fetch(upload.url.replace(/\?.*/, ""))).status).toBe(404);
    } else {
      expect(response.status).toBe(200);
      expect(registering).toMatchObject({ status: 400, code });
    }
    expect(await imageOf(person)).toBeNull();
  });

  test("may be a picture of nearly 5 MiB", async () => {
    const person = await signedInUser();
    const bytes = await heavyPicture(5 * 1024 * 1024 - 20_000);
    expect(bytes.length).toBeGreaterThan(4.9 * 1024 * 1024);
    const { image } = await setAvatar(person, bytes);
    expect((await (await fetch(image)).arrayBuffer()).byteLength).toBeLessThan(512 * 1024);
  });

  test("is deleted with the user, as are unused uploads", async () => {
    const person = await signedInUser();
    const { image } = await setAvatar(person, await picture("png"));
    const upload = await askForAvatarUpload(person);
    await put(upload.url, await picture("png"));
    const address = upload.url.replace(/\?.*/, "");
    expect(await person.api.delete("/v1/auth/withdraw")).toMatchObject({ status: 200 });
    await expect.poll(async () => (await fetch(image)).status).toBe(404);
    await expect.poll(async () => (await fetch(address)).status).toBe(404);
  });
});

describe("an upload URL for an avatar", () => {
  const svgName = { filename: "a.svg" };

  test.each<[string, object, string]>([
    ["without a name", { contentType: "image/png" }, "file/invalid-name"],
    ["with an empty name", { filename: "", contentType: "image/png" }, "file/invalid-name"],
    ["with a number as its name", { filename: 7, contentType: "image/png" }, "file/invalid-name"],
    ["with a path as its name", { filename: "../../x.png" }, "file/invalid-name"],
    ["with a backslash in its name", { filename: "a\\b.png" }, "file/invalid-name"],
    ["with a NUL in its name", { filename: "a\0.png" }, "file/invalid-name"],
    ["with a line break in its name", { filename: "a\r\nb.png" }, "file/invalid-name"],
    ["with a name of 300 characters", { filename: `${"x".repeat(296)}.png` }, "file/invalid-name"],
    ["with a direction override in its name", { filename: "a\u202egnp.exe.png" }, "file/invalid-name"],
    ["with a lone surrogate in its name", { filename: "\ud800.png" }, "file/invalid-name"],
    ["with an SVG type", { filename: "a.svg", contentType: "image/svg+xml" }, "file/invalid-format"],
    ["with an HTML type", { filename: "a.png", contentType: "text/html" }, "file/invalid-format"],
    ["with a type that is a number", { filename: "a.png", contentType: 1 }, "file/invalid-format"],
    ["without a type and with a name of an unsupported type", svgName, "file/invalid-format"],
    ["with an unknown field", { filename: "a.png", path: "/etc" }, "common/validation-error"],
  ])("is not issued %s", async (_name, body, code) => {
    const person = await newUser();
    expect(await person.api.post(`${avatarOf(person)}/upload-url`, body)).toMatchObject({
      status: 400,
      code,
    });
  });

  test.each([
    ["spaces and Korean", { filename: "내 사진 (1).png" }],
    ["255 characters", { filename: "x".repeat(255), contentType: "image/webp" }],
    ["emoji and a type in capitals", { filename: "👩‍👩‍👧.JPG" }],
    ["another type than contentType", { filename: "a.svg", contentType: "image/png" }],
  ])("is issued for a name with %s, with a generated key", async (_name, body) => {
    const person = await newUser();
    const answer = await person.api.post<{ key: string }>(`${avatarOf(person)}/upload-url`, body);
    expect(answer).toMatchObject({ status: 200, body: { key: expect.stringMatching(/^[0-9a-f]{32}$/) } });
  });

  test("can be issued by an admin for a user, and only for that user", async () => {
    const person = await newUser();
    const { body } = await withSecretKey().post<{ url: string; key: string }>(
      `${avatarOf(person)}/upload-url`,
      {
        filename: "a.png",
      },
    );
    await put(body.url, await picture("png"));
    expect(await withSecretKey().patch(avatarOf(person), { s3Key: body.key })).toMatchObject({ status: 200 });
    expect(await imageOf(person)).toContain(body.key);

    expect(
      await withSecretKey().post("/v1/users/unknown/avatar/upload-url", { filename: "a.png" }),
    ).toMatchObject({
      status: 404,
      code: "user/not-found",
    });
    for (const attempt of [
      guest().post(`${avatarOf(person)}/upload-url`, { filename: "a.png" }),
      guest().patch(avatarOf(person), { s3Key: "x" }),
      guest().delete(avatarOf(person)),
    ]) {
      expect(await attempt).toMatchObject({ status: 401, code: "auth/unauthorized" });
    }
  });
});

describe("registering an avatar is rejected", () => {
  test.each<[string, object, number, string]>([
    ["with a key that was never issued", { s3Key: "0".repeat(32) }, 404, "file/not-found"],
    ["with a path as its key", { s3Key: "../../etc/passwd" }, 404, "file/not-found"],
    ["with a NUL as its key", { s3Key: "\0" }, 404, "file/not-found"],
    ["without a key", {}, 400, "common/validation-error"],
    ["with a number as its key", { s3Key: 1 }, 400, "common/validation-error"],
    ["with an unknown field", { s3Key: "x", image: "y" }, 400, "common/validation-error"],
  ])("%s", async (_name, body, status, code) => {
    const person = await newUser();
    expect(await person.api.patch(avatarOf(person), body)).toMatchObject({ status, code });
  });

  test("before the upload", async () => {
    const person = await newUser();
    const { key } = await askForAvatarUpload(person);
    expect(await person.api.patch(avatarOf(person), { s3Key: key })).toMatchObject({
      status: 404,
      code: "file/not-found",
    });
  });
});

const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
