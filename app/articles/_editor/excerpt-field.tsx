"use client";

import { TextArea } from "@/app/_components/forms/field";
import { fillInCount } from "@/lib/i18n/fill-in";
import { useEditor } from "./context/editor-provider";

/**
 * The excerpt of an article, with the number of characters that are left or too many.
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
        {left < 0 ? fillInCount(messages.charactersOver, -left) : fillInCount(messages.charactersLeft, left)}
      </p>
    </div>
  );
}
