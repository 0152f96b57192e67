"use client";

import { useFieldState, useFormMessages } from "@/app/_components/forms/client-form";
import { Field } from "@/app/_components/forms/field";
import { InlineError } from "@/app/_components/ui/inline-error";
import { fillIn } from "@/lib/i18n/fill-in";
import { convertWallTime, wallTimeOf } from "@/lib/i18n/wall-time";
import { useEditor } from "./context/editor-provider";
import { useTimeZone } from "./context/use-time-zone";

/**
 * When an article is published, in the browser's time zone or, without JavaScript, in the site's. Its help names the
 * time zone.
 *
 * @param publishedAt the saved ISO time, if any.
 * @param timeZone the site's time zone.
 */
export function PublishAtField({
  publishedAt,
  timeZone,
}: {
  publishedAt: string | undefined;
  timeZone: string;
}) {
  const { messages } = useEditor();
  const { error } = useFormMessages();
  const { value } = useFieldState("publishAt");
  const { value: sentZone, problem: zoneProblem } = useFieldState("timeZone");
  const zone = useTimeZone(timeZone);
  const saved = publishedAt ? wallTimeOf(new Date(publishedAt), zone) : "";
  // A form that was submitted before hydration has the site's time zone.
  const sent = value === undefined ? undefined : convertWallTime(value, sentZone ?? zone, zone);
  return (
    <>
      <input type="hidden" name="timeZone" value={zone} />
      <Field
        // Renders the value again when the browser's time zone replaces the site's.
        key={zone}
        name="publishAt"
        type="datetime-local"
        label={messages.publishAt}
        help={fillIn(messages.publishAtHelp, { zone })}
        optional
        max="9998-12-31T23:59"
        initial={sent ?? saved}
      />
      {/* The help above names the time zone. */}
      {zoneProblem && (
        <div role="alert" tabIndex={-1} className="mt-1.5">
          <InlineError label={error}>{zoneProblem}</InlineError>
        </div>
      )}
    </>
  );
}
