import { articleIdOf } from "@/lib/articles/article-path";
import { uploadCover } from "@/lib/articles/upload-cover";
import { answerPictureForm } from "@/lib/picture-form";

type Context = { params: Promise<{ id: string }> };

/** Takes the cover of an article from the plain form of its editor. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const id = articleIdOf((await params).id);
  return answerPictureForm(request, `/articles/${encodeURIComponent(id)}/edit`, (picture, user) =>
    uploadCover(id, picture, user),
  );
}
