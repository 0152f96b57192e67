"use client";

import { TextArea } from "@/app/_components/forms/field";
import { fillIn } from "@/lib/i18n/fill-in";
import { useEditor } from "./context/editor-provider";

/**
 * The excerpt of an article, with the number of characters left.
 *
 * @param limit in code points.
 */
export function ExcerptField({ limit }: { limit: number }) {
  const { messages, values } = useEditor();
  const left = limit - [...values.excerpt.trim()].length;
  return (
    <div className="mt-5">
      <TextArea
        name="excerpt"
        label={messages.excerpt}
        help={messages.excerptHelp}
        optional
        rows={3}
        className=""
      />
      <p className={`needs-script mt-1 text-13 ${left < 0 ? "text-accent" : "text-muted"}`}>
        {fillIn(messages.charactersLeft, { count: left })}
      </p>
    </div>
  );
}
