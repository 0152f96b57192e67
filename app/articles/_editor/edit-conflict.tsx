"use client";

import { useFieldState } from "@/app/_components/forms/client-form";
import { fillIn } from "@/lib/i18n/fill-in";
import { zonedMoment } from "@/lib/i18n/moment";
import { useEditor } from "./context/editor-provider";
import { useTimeZone } from "./context/use-time-zone";

/**
 * Submits the version of the article that is being edited. If another version was saved meanwhile, it says by whom and
 * when, and lets the author view it or overwrite it.
 *
 * @param timeZone the site's time zone.
 */
export function EditConflict({
  path,
  userId,
  locale,
  timeZone,
}: {
  path: string;
  userId: string;
  locale: string;
  timeZone: string;
}) {
  const { messages, values } = useEditor();
  const zone = useTimeZone(timeZone);
  const { value: changedAt } = useFieldState("changedAt");
  const { value: changedBy } = useFieldState("changedBy");
  const { value: name = "" } = useFieldState("changedByName");
  const { value: replaces } = useFieldState("replaces");
  // A reported conflict stays until the form is saved, even if the next submission fails for another reason.
  const newer = changedAt ?? replaces;
  const { changedByYou, changedBy: byOther, changedByUnknownUser } = messages;

  return (
    <>
      <input type="hidden" name="updatedAt" value={values.updatedAt} />
      {newer && (
        <div className="mb-6 border-y border-rule py-3">
          {changedAt && (
            <p>
              {fillIn(changedBy === userId ? changedByYou : name ? byOther : changedByUnknownUser, {
                name,
                when: zonedMoment(new Date(changedAt), { locale, timeZone: zone }),
              })}
            </p>
          )}
          <div className="flex flex-wrap items-center gap-x-6">
            <a href={path} target="_blank" rel="noopener" className="target link">
              {messages.seeOther}
            </a>
            <label className="target gap-3">
              <input
                type="checkbox"
                name="replaces"
                value={newer}
                defaultChecked={replaces === newer}
                className="size-5 shrink-0 accent-accent"
              />
              {messages.replaceOther}
            </label>
          </div>
        </div>
      )}
    </>
  );
}
