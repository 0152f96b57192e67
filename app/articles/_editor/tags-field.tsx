"use client";

import { Field } from "@/app/_components/forms/field";
import { useEditor } from "./context/editor-provider";

/**
 * The names of an article's tags, separated by commas. A `datalist` completes the whole value, so each option starts
 * with the tags that are already entered.
 */
export function TagsField({ choices }: { choices: string[] }) {
  const { messages, values } = useEditor();
  const before = values.tags.slice(0, values.tags.lastIndexOf(",") + 1);
  const taken = before.split(",").map((name) => name.trim().toLowerCase());
  return (
    <>
      <Field name="tags" label={messages.tags} help={messages.tagsHelp} optional list="tag-choices" />
      <datalist id="tag-choices">
        {choices
          .filter((name) => !taken.includes(name.toLowerCase()))
          .map((name) => (
            <option key={name} value={before === "" ? name : `${before} ${name}`} />
          ))}
      </datalist>
    </>
  );
}
