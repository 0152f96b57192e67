import "server-only";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { readLimited } from "@/lib/core/bounded-bytes";
import { AppError } from "@/lib/core/errors";
import { logError } from "@/lib/core/log-error";
import type { UploadedImage } from "@/lib/files/uploads/uploaded-image";
import { maxImageBytes } from "@/lib/images/image-types";
import { currentClient, getCurrentUser } from "@/lib/web/session/browser-session";

/** What a form with one picture of the largest size takes besides. */
const maxFormBytes = maxImageBytes + 16 * 1024;

/**
 * Takes a picture from a plain form, for browsers that run no script, and leads back to the form's page: with
 * `?picture=saved`, or the code of what went wrong. For a route and not a server action: those read a form before they
 * ask who sends it, and are small for all others' sake. `proxy.ts` refuses forms of other sites.
 */
export async function handleImageForm(
  request: Request,
  page: string,
  take: (picture: UploadedImage, user: CurrentUser) => Promise<unknown>,
): Promise<Response> {
  if (!(await getCurrentUser())) return seeOther(`/signin?${new URLSearchParams({ returnTo: page })}`);
  const client = await currentClient();
  try {
    const picture = await readImage(request);
    // A picture is long on its way: who sent it may be signed out, or banned, by now.
    const sender = await getCurrentUser();
    if (!sender) return seeOther(`/signin?${new URLSearchParams({ returnTo: page })}`);
    await take(picture, sender);
    return seeOther(`${page}?picture=saved`);
  } catch (thrown) {
    const { code } = logError("form", thrown, client, { form: page });
    return seeOther(`${page}?${new URLSearchParams({ picture: code })}`);
  }
}

async function readImage(request: Request): Promise<UploadedImage> {
  const form = await readForm(request);
  const picture = form.get("picture");
  // What a browser sends where nothing was chosen.
  if (!(picture instanceof File) || picture.size === 0) throw new AppError("file/invalid-format");
  return { filename: picture.name, bytes: Buffer.from(await picture.arrayBuffer()) };
}

async function readForm(request: Request): Promise<FormData> {
  const bytes = await readLimited(maxFormBytes, request.body, "file/file-too-large");
  const headers = { "Content-Type": request.headers.get("content-type") ?? "" };
  try {
    return await new Response(new Uint8Array(bytes), { headers }).formData();
  } catch (error) {
    throw new AppError("file/invalid-format", { cause: error });
  }
}

/** By its path: a redirect within the site keeps whatever address the browser has for it. */
function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: path } });
}
