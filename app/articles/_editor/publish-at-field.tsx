"use client";

import { useSyncExternalStore } from "react";
import { useFieldState } from "@/app/_components/forms/client-form";
import { Field } from "@/app/_components/forms/field";
import { fillIn } from "@/lib/i18n/fill-in";
import { wallTimeOf } from "@/lib/i18n/wall-time";
import { useEditor } from "./context/editor-provider";

/**
 * When an article is published: in the time zone of the browser, or without JavaScript in the site's. The help names it.
 *
 * @param publishedAt the saved time, if there is one.
 * @param timeZone the site's.
 */
export function PublishAtField({
  publishedAt,
  timeZone,
}: {
  publishedAt: string | undefined;
  timeZone: string;
}) {
  const { messages } = useEditor();
  const { value } = useFieldState("publishAt");
  const zone = useSyncExternalStore(subscribeToNothing, zoneOfBrowser, () => timeZone);
  const saved = publishedAt ? wallTimeOf(new Date(publishedAt), zone) : "";
  return (
    <>
      <input type="hidden" name="timeZone" value={zone} />
      <Field
        // Filled in again when the browser's time zone replaces the site's.
        key={zone}
        name="publishAt"
        type="datetime-local"
        label={messages.publishAt}
        help={fillIn(messages.publishAtHelp, { zone })}
        optional
        initial={value ?? saved}
      />
    </>
  );
}

const subscribeToNothing = () => () => {};

function zoneOfBrowser(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
