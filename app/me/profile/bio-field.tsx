"use client";

import { type ComponentProps, useEffect, useRef, useState } from "react";
import { useFieldState } from "@/app/_components/forms/client-form";
import { TextArea } from "@/app/_components/forms/field";

/**
 * The bio of a user, with a character counter.
 *
 * @param maximum in code points.
 */
export function BioField({
  maximum,
  ...field
}: Pick<ComponentProps<typeof TextArea>, "label" | "help"> & { maximum: number }) {
  const { value = "" } = useFieldState("bio");
  const [typed, setTyped] = useState(value);
  const input = useRef<HTMLTextAreaElement>(null);
  const length = [...typed].length;

  // Includes text typed before hydration.
  useEffect(() => {
    if (input.current) setTyped(input.current.value);
  }, []);

  return (
    <>
      <TextArea
        {...field}
        ref={input}
        name="bio"
        optional
        rows={4}
        inputClassName="min-h-28"
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {/* Screen readers read the limit in the field's help: a number that changes at each key would interrupt. */}
      <p
        aria-hidden="true"
        data-over={length > maximum || undefined}
        className="needs-script -mt-5 text-right text-13 text-muted tabular-nums data-over:text-accent"
      >
        {length} / {maximum}
      </p>
    </>
  );
}
