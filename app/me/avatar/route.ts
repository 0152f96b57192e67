import { actorOf } from "@/lib/auth/actor";
import { currentClient, findWebUser } from "@/lib/auth/web-session";
import { asApiError } from "@/lib/http/endpoint";
import { ApiError } from "@/lib/http/errors";
import { limit } from "@/lib/http/rate-limit";
import { maxImageBytes } from "@/lib/images/image-types";
import { log } from "@/lib/log";
import { uploadAvatar } from "@/lib/users/upload-avatar";

/** What a form with one picture of the largest size takes besides. */
const maxFormBytes = maxImageBytes + 16 * 1024;

/**
 * Takes a picture from the plain form, for browsers that run no script. A route and not a server action: those read a
 * form before they ask who sends it, and are small for all others' sake. `proxy.ts` refuses forms of other sites.
 */
export async function POST(request: Request): Promise<Response> {
  const user = await findWebUser();
  if (!user) return seeOther("/signin?returnTo=%2Fme%2Fprofile");
  try {
    const { ip } = await currentClient();
    await limit("request", ip);
    const picture = await readPicture(request);
    const upload = { filename: picture.name, bytes: Buffer.from(await picture.arrayBuffer()) };
    await uploadAvatar(user.id, upload, actorOf(user));
    return seeOther("/me/profile?picture=saved");
  } catch (thrown) {
    const error = asApiError(thrown);
    if (error.status >= 500) log.error("form.failed", thrown, { code: error.code });
    return seeOther(`/me/profile?${new URLSearchParams({ picture: error.code })}`);
  }
}

async function readPicture(request: Request): Promise<File> {
  const form = await readForm(request);
  const picture = form.get("picture");
  // What a browser sends where nothing was chosen.
  if (!(picture instanceof File) || picture.size === 0) throw new ApiError("file/invalid-format");
  return picture;
}

/** Reads the form as far as a picture may go, whatever length was announced. */
async function readForm(request: Request): Promise<FormData> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxFormBytes) throw new ApiError("file/file-too-large");
    chunks.push(chunk);
  }
  const headers = { "Content-Type": request.headers.get("content-type") ?? "" };
  try {
    return await new Response(Buffer.concat(chunks), { headers }).formData();
  } catch (error) {
    throw new ApiError("file/invalid-format", { cause: error });
  }
}

/** By its path: a redirect within the site keeps whatever address the browser has for it. */
function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: path } });
}
