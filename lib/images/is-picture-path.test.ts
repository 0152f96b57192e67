import { expect, test } from "vitest";
import { isPictureAddress } from "./is-picture-path";

const origin = "https://blog.example.com";
const key = "0123456789abcdef0123456789abcdef";
const authorize = "/api/v1/auth/google/authorize?callbackUrl=https%3A%2F%2Fblog.example.com%2F";

test.each([
  `/api/v1/storage/${key}`,
  `${origin}/api/v1/storage/${key}?width=640`,
  "/photos/mountain.jpg",
  "/산.webp",
  "photos/mountain.PNG#top",
  "https://elsewhere.example/api/v1/auth/google/authorize",
  "https://elsewhere.example/picture",
])("shows a picture from %s", (address) => {
  expect(isPictureAddress(address, origin)).toBe(true);
});

test.each([
  authorize,
  origin + authorize,
  `${origin}:443${authorize}`,
  `https://user@blog.example.com${authorize}`,
  `HTTPS://BLOG.example.com${authorize}`,
  `/photos/..${authorize}`,
  `/photos/%2e%2e${authorize}`,
  `\\api\\v1\\auth\\google\\authorize`,
  `${authorize}#picture.png`,
  `${authorize}&picture.png`,
  "/api/v1/auth/signup/email/confirm?token=a&email=b",
  "/api/auth/callback/google?state=a&code=b.png",
  "/api/v1/auth/picture.png",
  `/api/v1/storage/${key}/../../auth/google/authorize`,
  "/api/v1/storage/picture.png",
  "/signin",
  "/",
  "",
  "https://",
  `https://${"a".repeat(256)}/picture.png`,
])("does not show a picture from %s", (address) => {
  expect(isPictureAddress(address, origin)).toBe(false);
});
