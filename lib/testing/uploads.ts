import { expect } from "vitest";
import type { z } from "zod";
import type { createFileContract } from "@/lib/files/contract";
import type { Caller } from "./caller";
import type { Person } from "./people";

/** The response with an upload URL. */
export type Upload = { url: string; key: string; expiresAt: string };

/** Requests a URL to upload an avatar. */
export async function askForAvatarUpload(
  person: Person,
  { filename = "me.png", contentType = "image/png" } = {},
): Promise<Upload> {
  const { status, body } = await person.api.post<Upload>(`/v1/users/${person.id}/avatar/upload-url`, {
    filename,
    contentType,
  });
  expect(status).toBe(200);
  return body;
}

/** Uploads bytes to a URL as a browser does. */
export async function put(url: string, bytes: Uint8Array, contentType = "image/png"): Promise<Response> {
  // The type of fetch excludes bytes in a SharedArrayBuffer.
  return fetch(url, { method: "PUT", body: bytes as BodyInit, headers: { "Content-Type": contentType } });
}

/** Sets an image as a user's avatar. @returns its URL and its key. */
export async function setAvatar(
  person: Person,
  bytes: Uint8Array,
  contentType = "image/png",
): Promise<{ image: string; key: string }> {
  const { url, key } = await askForAvatarUpload(person, { contentType });
  expect((await put(url, bytes, contentType)).status).toBe(200);
  const { status, body } = await person.api.patch<{ image: string }>(`/v1/users/${person.id}/avatar`, {
    s3Key: key,
  });
  expect(status).toBe(200);
  return { image: body.image, key };
}

/** The error of a rejected request to the storage. */
export async function errorOf(response: Response): Promise<{ status: number; code: string }> {
  const { error } = await response.json();
  return { status: response.status, code: error.code };
}

/** @returns the avatar of a user that a caller sees. */
export async function imageOf(person: Person, caller: Caller = person.api): Promise<string | null> {
  return (await caller.get<{ image: string | null }>(`/v1/users/${person.id}`)).body.image;
}

/** The metadata of a file in an API response. */
export type FileAnswer = z.input<typeof createFileContract.success.body>;

/** Requests a URL to upload an image. */
export async function askForFileUpload(
  person: Person,
  fields: Record<string, unknown> = {},
): Promise<Upload> {
  const { status, body } = await person.api.post<Upload>("/v1/files/presigned-url", {
    filename: "mountain.png",
    contentType: "image/png",
    ...fields,
  });
  expect(status).toBe(200);
  return body;
}

/** Uploads and registers an image, private by default. */
export async function storeFile(
  person: Person,
  bytes: Uint8Array,
  { contentType = "image/png", visibility = "private" } = {},
): Promise<FileAnswer> {
  const { url, key } = await askForFileUpload(person, { contentType, visibility });
  expect((await put(url, bytes, contentType)).status).toBe(200);
  const { status, body } = await person.api.post<FileAnswer>("/v1/files", registration(key));
  expect(status).toBe(201);
  return body;
}

/** The request to register an image. */
export function registration(s3Key: string, fields: Record<string, unknown> = {}) {
  return { s3Key, originalName: "mountain.png", mimeType: "image/png", size: 1, ...fields };
}
