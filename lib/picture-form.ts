import "server-only";
import type { CurrentUser } from "./auth/guard";
import { currentClient, findWebUser } from "./auth/web-session";
import type { SentPicture } from "./files/sent-picture";
import { readUpTo } from "./http/bounded-bytes";
import { ApiError } from "./http/errors";
import { noteRefusal } from "./http/refusals";
import { maxImageBytes } from "./images/image-types";

/** What a form with one picture of the largest size takes besides. */
const maxFormBytes = maxImageBytes + 16 * 1024;

/**
 * Takes a picture from a plain form, for browsers that run no script, and leads back to the form's page: with
 * `?picture=saved`, or the code of what went wrong. For a route and not a server action: those read a form before they
 * ask who sends it, and are small for all others' sake. `proxy.ts` refuses forms of other sites.
 */
export async function answerPictureForm(
  request: Request,
  page: string,
  take: (picture: SentPicture, user: CurrentUser) => Promise<unknown>,
): Promise<Response> {
  if (!(await findWebUser())) return seeOther(`/signin?${new URLSearchParams({ returnTo: page })}`);
  const client = await currentClient();
  try {
    const picture = await readPicture(request);
    // A picture is long on its way: who sent it may be signed out, or banned, by now.
    const sender = await findWebUser();
    if (!sender) return seeOther(`/signin?${new URLSearchParams({ returnTo: page })}`);
    await take(picture, sender);
    return seeOther(`${page}?picture=saved`);
  } catch (thrown) {
    const { code } = noteRefusal("form", thrown, client, { form: page });
    return seeOther(`${page}?${new URLSearchParams({ picture: code })}`);
  }
}

async function readPicture(request: Request): Promise<SentPicture> {
  const form = await readForm(request);
  const picture = form.get("picture");
  // What a browser sends where nothing was chosen.
  if (!(picture instanceof File) || picture.size === 0) throw new ApiError("file/invalid-format");
  return { filename: picture.name, bytes: Buffer.from(await picture.arrayBuffer()) };
}

async function readForm(request: Request): Promise<FormData> {
  const bytes = await readUpTo(maxFormBytes, request.body, "file/file-too-large");
  const headers = { "Content-Type": request.headers.get("content-type") ?? "" };
  try {
    return await new Response(new Uint8Array(bytes), { headers }).formData();
  } catch (error) {
    throw new ApiError("file/invalid-format", { cause: error });
  }
}

/** By its path: a redirect within the site keeps whatever address the browser has for it. */
function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: path } });
}
