import { createHmac, hkdfSync, randomUUID, timingSafeEqual } from "node:crypto";
import { type JWTPayload, jwtVerify, SignJWT } from "jose";

const accessKey = crypto.subtle.importKey(
  "raw",
  new Uint8Array(derive("access-token")),
  { name: "HMAC", hash: "SHA-256" },
  false,
  ["sign", "verify"],
);
const refreshKey = derive("refresh-token");
const issuer = process.env.APP_URL ?? "";
const audience = process.env.PROJECT_ID ?? "";

/** @returns the payload of the access token; empty for a guest. */
export async function verify(request: Request): Promise<JWTPayload> {
  const token = request.headers.get("authorization")?.slice("Bearer ".length);
  if (!token) return {};
  const options = { algorithms: ["HS256"], typ: "at+jwt", issuer, audience };
  return (await jwtVerify(token, await accessKey, options)).payload;
}

export async function sign(userId: string, sessionId: string): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(userId)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + 3600)
    .setJti(randomUUID())
    .sign(await accessKey);
}

export function readRefreshToken(token: string): { sessionId: string; counter: number } {
  const bytes = Buffer.from(token.slice("rt_".length), "base64url");
  const claims = bytes.subarray(0, 21);
  if (!timingSafeEqual(macOf(claims), bytes.subarray(21))) throw new Error("Not our token.");
  return { sessionId: claims.toString("hex", 1, 17), counter: claims.readUInt32BE(17) };
}

export function writeRefreshToken(sessionId: string, counter: number): string {
  const claims = Buffer.alloc(21);
  claims.writeUInt8(1, 0);
  claims.write(sessionId.replaceAll("-", ""), 1, "hex");
  claims.writeUInt32BE(counter, 17);
  return `rt_${Buffer.concat([claims, macOf(claims)]).toString("base64url")}`;
}

function macOf(claims: Buffer): Buffer {
  return createHmac("sha256", refreshKey).update(claims).digest();
}

/** Derives the app's keys, since the app issues the tokens of all callers. */
function derive(use: string): Buffer {
  return Buffer.from(hkdfSync("sha256", process.env.AUTH_SECRET ?? "", "", `blog ${use}`, 32));
}
