"use client";

import { useSyncExternalStore } from "react";
import { useFieldState } from "@/app/_components/forms/client-form";
import { Field } from "@/app/_components/forms/field";
import { wallTimeOf } from "@/lib/i18n/wall-time";

/**
 * When an article is to appear: by the clock of the browser, or without a script by the site's, which the help says.
 *
 * @param publishedAt the time that is saved, or nothing for as soon as it is published.
 * @param timeZone the site's.
 */
export function PublishAtField({
  label,
  help,
  optional,
  publishedAt,
  timeZone,
}: {
  label: string;
  /** With `{zone}` in it. */
  help: string;
  optional: string;
  publishedAt: string | undefined;
  timeZone: string;
}) {
  const { value } = useFieldState("publishAt");
  const zone = useSyncExternalStore(subscribeToNothing, zoneOfBrowser, () => timeZone);
  const saved = publishedAt ? wallTimeOf(new Date(publishedAt), zone) : "";
  return (
    <>
      <input type="hidden" name="timeZone" value={zone} />
      <Field
        // Filled in anew where the browser's clock is another one.
        key={zone}
        name="publishAt"
        type="datetime-local"
        label={label}
        help={help.replace("{zone}", zone)}
        optional={optional}
        initial={value ?? saved}
      />
    </>
  );
}

const subscribeToNothing = () => () => {};

function zoneOfBrowser(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
