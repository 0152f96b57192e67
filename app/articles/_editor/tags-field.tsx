"use client";

import { useState } from "react";
import { Field, type FieldProps } from "@/app/_components/forms/field";

/**
 * The names of an article's tags, with commas between them. What is there to choose from stands in a list; a
 * browser completes a whole line, so with a script the list follows what is already in it.
 */
export function TagsField({ choices, ...field }: Omit<FieldProps, "name"> & { choices: string[] }) {
  const [typed, setTyped] = useState("");
  const before = typed.slice(0, typed.lastIndexOf(",") + 1);
  const taken = before.split(",").map((name) => name.trim().toLowerCase());
  return (
    <>
      <Field {...field} name="tags" list="tag-choices" onType={setTyped} />
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
