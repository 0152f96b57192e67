import { getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Link } from "@/app/_components/ui/link";
import { bookmarkAction } from "./actions";

/**
 * Adds an article to the user's bookmarks, or removes it.
 *
 * @param isBookmarked null for a guest, whose link leads to sign-in and back.
 */
export async function BookmarkButton({
  article: { id, path },
  isBookmarked,
}: {
  article: { id: string; path: string };
  isBookmarked: boolean | null;
}) {
  const t = await getTranslations("bookmarks");
  const className = "target gap-2 hover:text-accent";
  if (isBookmarked === null) {
    return (
      <Link href={`/signin?${new URLSearchParams({ returnTo: path })}`} className={className}>
        <Ribbon isBookmarked={false} />
        {t("add")}
      </Link>
    );
  }
  return (
    <Form action={bookmarkAction} hidden={{ articleId: id }}>
      <SubmitButton
        name="isBookmarked"
        value={String(!isBookmarked)}
        isPressed={isBookmarked}
        working={t("working")}
        className={className}
      >
        <Ribbon isBookmarked={isBookmarked} />
        {t("add")}
      </SubmitButton>
    </Form>
  );
}

function Ribbon({ isBookmarked }: { isBookmarked: boolean }) {
  return (
    <svg viewBox="0 0 16 16" className="size-4 shrink-0" aria-hidden="true">
      <path
        d="M4 2.5h8v11l-4-3-4 3z"
        className={isBookmarked ? "fill-accent stroke-accent" : "fill-none stroke-current"}
        strokeWidth="1.25"
        strokeLinejoin="round"
      />
    </svg>
  );
}
