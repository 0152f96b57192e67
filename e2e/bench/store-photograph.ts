import sharp from "sharp";
import { testSettings } from "@/lib/testing/app/settings";

/** Sends a POST request to the API. @returns the response body. */
export type Post = <Body>(path: string, body: object) => Promise<Body>;

/** @returns a function that calls the API with an access token, or as a guest. */
export function postTo(appUrl: string, accessToken?: string): Post {
  return async (path, body) => {
    const response = await fetch(`${appUrl}/api/v1${path}`, {
      method: "POST",
      headers: {
        "X-API-Key": testSettings.PUBLISHABLE_KEY,
        "Content-Type": "application/json",
        ...(accessToken && { Authorization: `Bearer ${accessToken}` }),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} returned ${response.status}: ${await response.text()}`);
    return response.json();
  };
}

/**
 * Uploads a public picture of three megapixels that compresses like a photograph.
 *
 * @returns its path.
 */
export async function storePhotograph(post: Post): Promise<string> {
  const noise = { type: "gaussian" as const, mean: 128, sigma: 60 };
  const bytes = await sharp({
    create: { width: 2000, height: 1500, channels: 3, background: "#000000", noise },
  })
    .blur(2)
    .jpeg({ quality: 90 })
    .toBuffer();
  const file = { filename: "photograph.jpg", contentType: "image/jpeg", visibility: "public" };
  const { url, key } = await post<{ url: string; key: string }>("/files/presigned-url", file);
  const body = new Uint8Array(bytes);
  const sent = await fetch(url, { method: "PUT", body, headers: { "Content-Type": "image/jpeg" } });
  if (!sent.ok) throw new Error(`The upload returned ${sent.status}.`);
  const kept = { s3Key: key, originalName: "photograph.jpg", mimeType: "image/jpeg", size: bytes.length };
  await post("/files", kept);
  return `/api/v1/storage/${key}`;
}
