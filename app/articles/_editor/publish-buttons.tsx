import { getTranslations } from "next-intl/server";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Link } from "@/app/_components/ui/link";
import { actorOf } from "@/lib/access/actor";
import { publishingProblem } from "@/lib/articles/publishing-problem";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";

/** Buttons that save an article with or without publishing it. They tell a user who cannot publish why. */
export async function PublishButtons({
  user,
  isPublished,
  cancelPath,
}: {
  user: CurrentUser;
  isPublished: boolean;
  cancelPath: "/articles" | `/articles/${string}`;
}) {
  const t = await getTranslations("editor");
  const problem = publishingProblem(actorOf(user));
  return (
    <div className="in-column mt-8 flex flex-wrap gap-3">
      {problem && (
        <p className="basis-full border-l border-accent pl-3">
          {problem === "auth/email-not-verified" ? (
            <>
              {t("confirmToPublish")}{" "}
              <Link href="/me" className="target link">
                {t("confirmLink")}
              </Link>
            </>
          ) : (
            t("onlyAdminsPublish")
          )}
        </p>
      )}
      {/* The Enter key clicks the first button, so the first one is the button that changes nothing for readers. */}
      {(!isPublished || !problem) && (
        <SubmitButton
          name="isPublished"
          value={String(isPublished)}
          working={t("saving")}
          className={isPublished ? "button button-ink" : "button"}
        >
          {isPublished ? t("save") : t("saveDraft")}
        </SubmitButton>
      )}
      {(isPublished || !problem) && (
        <SubmitButton
          name="isPublished"
          value={String(!isPublished)}
          working={t("saving")}
          className={isPublished ? "button" : "button button-ink"}
        >
          {isPublished ? t("unpublish") : t("publish")}
        </SubmitButton>
      )}
      <Link href={cancelPath} className="target px-3 text-muted">
        {t("cancel")}
      </Link>
    </div>
  );
}
