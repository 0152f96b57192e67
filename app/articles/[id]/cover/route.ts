import { articleIdOf } from "@/lib/articles/paths/article-path";
import { uploadCover } from "@/lib/articles/upload-cover";
import { handleImageForm } from "@/lib/web/forms/image-form";

type Context = RouteContext<"/articles/[id]/cover">;

/** Receives the cover of an article from the editor's form if the browser runs no JavaScript. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const id = articleIdOf((await params).id);
  return handleImageForm(request, `/articles/${encodeURIComponent(id)}/edit`, (image, user) =>
    uploadCover(id, image, user),
  );
}
