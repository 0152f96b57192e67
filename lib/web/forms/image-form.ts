import "server-only";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { readLimited } from "@/lib/core/bounded-bytes";
import { AppError } from "@/lib/core/errors";
import { logError } from "@/lib/core/log-error";
import type { UploadedImage } from "@/lib/files/uploads/uploaded-image";
import { maxImageBytes } from "@/lib/images/image-types";
import { currentClient, getCurrentUser } from "@/lib/web/session/browser-session";

/** A picture of the largest size, and the overhead of the form. */
const maxFormBytes = maxImageBytes + 16 * 1024;

/**
 * Handles a picture from a plain form, for browsers without JavaScript, and redirects to the form's page with
 * `?picture=saved` or an error code. Use it in a route, not in a server action: those parse a form before they
 * authenticate the sender, and their size limit is small. `proxy.ts` rejects forms of other sites.
 */
export async function handleImageForm(
  request: Request,
  page: string,
  handle: (picture: UploadedImage, user: CurrentUser) => Promise<unknown>,
): Promise<Response> {
  if (!(await getCurrentUser())) return seeOther(`/signin?${new URLSearchParams({ returnTo: page })}`);
  const client = await currentClient();
  try {
    const picture = await readImage(request);
    // The upload takes time: the sender may be signed out or banned by now.
    const sender = await getCurrentUser();
    if (!sender) return seeOther(`/signin?${new URLSearchParams({ returnTo: page })}`);
    await handle(picture, sender);
    return seeOther(`${page}?picture=saved`);
  } catch (thrown) {
    const { code } = logError("form", thrown, client, { form: page });
    return seeOther(`${page}?${new URLSearchParams({ picture: code })}`);
  }
}

async function readImage(request: Request): Promise<UploadedImage> {
  const form = await readForm(request);
  const picture = form.get("picture");
  // Without a selected file, browsers send an empty one.
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

/** Redirects to a path, so that the browser stays on whichever host it uses for this site. */
function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: path } });
}
