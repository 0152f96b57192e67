import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { decodeToken } from "./decode-token";

test("decodeToken decodes a token with claims in any script", async () => {
  const token = await new SignJWT({ sub: "여백?>" })
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
    .setExpirationTime(1_800_000_000)
    .sign(new Uint8Array(32));

  expect(decodeToken(token)).toEqual({
    header: { alg: "HS256", typ: "at+jwt" },
    claims: { sub: "여백?>", exp: 1_800_000_000 },
  });
});

test.each(["", ".", "rt_abc", "a.b.c", "bnVsbA.bnVsbA.x", "e30"])(
  "decodeToken returns null for %j",
  (text) => {
    expect(decodeToken(text)).toBeNull();
  },
);
