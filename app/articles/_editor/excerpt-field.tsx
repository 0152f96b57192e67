"use client";

import { useState } from "react";
import { useFieldState } from "@/app/_components/forms/client-form";
import { TextArea } from "@/app/_components/forms/field";

/** The description of an article, with what is left of its length. */
export function ExcerptField({
  label,
  help,
  optional,
  limit,
  left,
}: {
  label: string;
  help: string;
  optional: string;
  /** In code points. */
  limit: number;
  /** With `{count}` in it. */
  left: string;
}) {
  const { value = "" } = useFieldState("excerpt");
  const [typed, setTyped] = useState(value);
  const count = limit - [...typed.trim()].length;
  return (
    <div className="mt-5">
      <TextArea
        name="excerpt"
        label={label}
        help={help}
        optional={optional}
        rows={3}
        className=""
        onType={setTyped}
      />
      <p className={`needs-script mt-1 text-13 ${count < 0 ? "text-accent" : "text-muted"}`}>
        {left.replace("{count}", String(count))}
      </p>
    </div>
  );
}
