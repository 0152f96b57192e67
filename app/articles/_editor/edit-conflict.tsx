"use client";

import { useFieldState } from "@/app/_components/forms/client-form";
import { formatTime } from "./drafts/format-time";

type Words = Record<"byYou" | "bySomebody" | "by" | "see" | "replace", string>;

/**
 * Carries which version of an article the changes are made to. Where another was saved meanwhile, says whose and
 * when, and lets one look at it, or put one's own in its place knowingly.
 */
export function EditConflict({
  path,
  userId,
  locale,
  timeZone,
  words,
}: {
  path: string;
  userId: string;
  locale: string;
  timeZone: string;
  words: Words;
}) {
  const { value: version } = useFieldState("updatedAt");
  const { value: changedAt } = useFieldState("changedAt");
  const { value: changedBy } = useFieldState("changedBy");
  const { value: name = "" } = useFieldState("changedByName");
  const { value: replaces } = useFieldState("replaces");
  // Once told of, it stays until the form is saved, whatever else is wrong with it.
  const newer = changedAt ?? replaces;

  return (
    <>
      <input type="hidden" name="updatedAt" defaultValue={version} />
      {newer && (
        <div className="mb-6 border-y border-rule py-3">
          {changedAt && (
            <p>
              {(changedBy === userId ? words.byYou : name ? words.by : words.bySomebody)
                .replace("{name}", () => name)
                .replace("{when}", formatTime(changedAt, locale, timeZone))}
            </p>
          )}
          <div className="flex flex-wrap items-center gap-x-6">
            <a href={path} target="_blank" rel="noopener" className="target link">
              {words.see}
            </a>
            <label className="target gap-3">
              <input
                type="checkbox"
                name="replaces"
                value={newer}
                defaultChecked={replaces === newer}
                className="size-5 shrink-0 accent-accent"
              />
              {words.replace}
            </label>
          </div>
        </div>
      )}
    </>
  );
}
