import { readdir } from "node:fs/promises";
import { Agent, request as send } from "node:http";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newUser } from "@/lib/testing/people";
import { heavyPicture, picture } from "@/lib/testing/pictures";
import { askForAvatarUpload, errorOf, put, setAvatar } from "@/lib/testing/uploads";

const denied = { status: 403, code: "file/access-denied" };

/** The same URL with a changed query. */
function changed(address: string, change: (query: URLSearchParams) => void): string {
  const url = new URL(address);
  change(url.searchParams);
  return url.href;
}

describe("an upload URL", () => {
  test("accepts one picture, without an API key, and no second one", async () => {
    const { url, key } = await askForAvatarUpload(await newUser());
    const bytes = await picture("png");
    const first = await put(url, bytes);
    expect({ status: first.status, body: await first.json() }).toEqual({ status: 200, body: { key } });
    expect(first.headers.get("cache-control")).toBe("no-store");

    expect(await errorOf(await put(url, await picture("png", { colour: "#000000" })))).toEqual(denied);
    expect(Buffer.from(await (await fetch(url.replace(/\?.*/, ""))).arrayBuffer())).toEqual(bytes);
  });

  test("accepts one of ten concurrent uploads", async () => {
    const { url } = await askForAvatarUpload(await newUser());
    const bytes = await picture("png");
    const statuses = await Promise.all(
      Array.from({ length: 10 }, async () => (await put(url, bytes)).status),
    );
    expect(statuses.sort()).toEqual([200, ...Array(9).fill(403)]);
  });

  test("is still valid after a rejected upload", async () => {
    const { url } = await askForAvatarUpload(await newUser());
    expect(await errorOf(await put(url, Buffer.from("no picture")))).toEqual({
      status: 400,
      code: "file/invalid-format",
    });
    expect((await put(url, await picture("png"))).status).toBe(200);
  });

  test.each<[string, (url: string, other: string) => string]>([
    ["without a query", (url) => url.replace(/\?.*/, "")],
    ["without a signature", (url) => changed(url, (query) => query.delete("signature"))],
    ["with an empty signature", (url) => changed(url, (query) => query.set("signature", ""))],
    [
      "with an altered signature",
      (url) =>
        changed(url, (query) => {
          const signature = query.get("signature") ?? "";
          query.set(
            "signature",
            signature.replace(/^./, (letter) => (letter === "A" ? "B" : "A")),
          );
        }),
    ],
    ["with an altered expiry", (url) => changed(url, (query) => query.set("expires", "4102444800"))],
    [
      "with an expiry that is not a number",
      (url) => changed(url, (query) => query.set("expires", "Infinity")),
    ],
    [
      "with the signature for another key",
      (url, other) => `${url.replace(/\?.*/, "")}${new URL(other).search}`,
    ],
  ])("%s is rejected", async (_name, change) => {
    const person = await newUser();
    const [{ url }, other] = [await askForAvatarUpload(person), await askForAvatarUpload(person)];
    expect(await errorOf(await put(change(url, other.url), await picture("png")))).toEqual(denied);
    expect((await put(url, await picture("png"))).status).toBe(200);
  });

  test("is rejected after the user was deleted", async () => {
    const person = await newUser();
    const { url } = await askForAvatarUpload(person);
    await person.api.delete("/v1/auth/withdraw");
    expect(await errorOf(await put(url, await picture("png")))).toEqual({
      status: 404,
      code: "file/not-found",
    });
  });

  test("checks the bytes, whatever type the header claims", async () => {
    const { url } = await askForAvatarUpload(await newUser());
    expect((await put(url, await picture("png"), "text/html")).status).toBe(200);
    expect((await fetch(url.replace(/\?.*/, ""))).headers.get("content-type")).toBe("image/png");
  });

  test("stops reading when a picture is too large, whatever its Content-Length", async () => {
    const { url } = await askForAvatarUpload(await newUser());
    const body = await heavyPicture(6 * 1024 * 1024);
    const { status, text } = await sendInChunks(url, body);
    expect({ status, code: JSON.parse(text).error.code }).toEqual({
      status: 400,
      code: "file/file-too-large",
    });
  });

  test("leaves nothing of a rejected upload in the store", async () => {
    const { url } = await askForAvatarUpload(await newUser());
    await put(url, Buffer.from("no picture"));
    await put(url, await heavyPicture(6 * 1024 * 1024));
    const incoming = join(inject("dataDir"), "files", "incoming");
    await expect.poll(() => readdir(incoming)).toEqual([]);
  });

  test("can be used by a browser from any site", async () => {
    const { url } = await askForAvatarUpload(await newUser());
    const Origin = "https://app.example.com";
    const preflight = await fetch(url, {
      method: "OPTIONS",
      headers: {
        Origin,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "content-type",
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-methods")).toContain("PUT");
    expect(preflight.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("content-type");
    const answer = await put(url, await picture("png"));
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  });
});

describe("a stored picture", () => {
  test("is served only as an image, on any site, and cached for a day", async () => {
    const { image, key } = await setAvatar(await newUser(), await picture("jpeg"), "image/jpeg");
    const { status, headers } = await fetch(image);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "image/webp",
      "content-disposition": "inline",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "cross-origin",
      "access-control-allow-origin": "*",
      "cache-control": "public, max-age=86400",
      etag: `"${key}"`,
    });
    expect(headers.get("set-cookie")).toBeNull();
  });

  test("is not sent again to a client that has it in its cache", async () => {
    const { image, key } = await setAvatar(await newUser(), await picture("png"));
    for (const tag of [`"${key}"`, `W/"${key}"`, `"other", "${key}"`]) {
      const answer = await fetch(image, { headers: { "If-None-Match": tag } });
      expect({ status: answer.status, length: (await answer.arrayBuffer()).byteLength }).toEqual({
        status: 304,
        length: 0,
      });
    }
    expect((await fetch(image, { headers: { "If-None-Match": '"other"' } })).status).toBe(200);
  });

  test("is revalidated after its metadata was removed", async () => {
    const person = await newUser();
    const { url, key } = await askForAvatarUpload(person);
    await put(url, await picture("png"));
    const address = url.replace(/\?.*/, "");
    const before = await fetch(address);
    expect(before.headers.get("cache-control")).toBe("private, no-cache");
    await person.api.patch(`/v1/users/${person.id}/avatar`, { s3Key: key });
    const etag = before.headers.get("etag") ?? "";
    expect((await fetch(address, { headers: { "If-None-Match": etag } })).status).toBe(200);
  });

  test("responds to HEAD without its bytes", async () => {
    const { image } = await setAvatar(await newUser(), await picture("png"));
    const [head, whole] = [await fetch(image, { method: "HEAD" }), await fetch(image)];
    expect(head.status).toBe(200);
    for (const name of ["content-type", "etag", "cache-control"]) {
      expect(head.headers.get(name)).toBe(whole.headers.get(name));
    }
    expect((await head.arrayBuffer()).byteLength).toBe(0);
  });

  test.each([
    ["a key that was never issued", "0".repeat(32)],
    ["a path", "..%2F..%2F..%2Fetc%2Fpasswd"],
    ["a NUL", "%00"],
    ["the name of a folder", "incoming"],
    ["5,000 letters", "x".repeat(5000)],
  ])("responds 404 for %s as its key", async (_name, key) => {
    expect(await guest().get(`/v1/storage/${key}`)).toMatchObject({ status: 404, code: "file/not-found" });
  });

  test("is not found before it was uploaded, nor when its bytes are missing", async () => {
    const { url, key } = await askForAvatarUpload(await newUser());
    expect((await fetch(url.replace(/\?.*/, ""))).status).toBe(404);
    await queryDatabase(`UPDATE "File" SET "uploadedAt" = now() WHERE key = $1`, key);
    expect((await fetch(url.replace(/\?.*/, ""))).status).toBe(404);
  });

  test.each(["POST", "PATCH", "DELETE"])("cannot be changed by %s", async (method) => {
    const { image } = await setAvatar(await newUser(), await picture("png"));
    const answer = await fetch(image, { method });
    expect(answer.headers.get("allow")).toBe("GET, HEAD, PUT, OPTIONS");
    expect(await errorOf(answer)).toEqual({ status: 405, code: "common/method-not-allowed" });
  });
});

test.each([
  "http://127.0.0.1:5432/",
  "http://169.254.169.254/latest/meta-data/",
  "//localhost/health",
  "/api/v1/openapi.json",
  "https://example.com/a.png",
])("no image optimiser fetches %s", async (target) => {
  const answer = await fetch(`${inject("appUrl")}/_next/image?url=${encodeURIComponent(target)}&w=64&q=75`);
  expect([400, 404]).toContain(answer.status);
});

/** Uploads without a Content-Length. */
function sendInChunks(url: string, body: Buffer): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = send(url, { method: "PUT", agent: new Agent() }, async (response) => {
      let text = "";
      for await (const part of response) text += part;
      resolve({ status: response.statusCode ?? 0, text });
    });
    sent.on("error", reject);
    for (let at = 0; at < body.length; at += 65_536) sent.write(body.subarray(at, at + 65_536));
    sent.end();
  });
}
