"use client";

import { useEffect, useRef, useState } from "react";
import { useFieldState } from "@/app/_components/forms/client-form";

/** Shows how much of a field of the form around it is used up, in characters as people count them. */
export function Counter({ field, maximum }: { field: string; maximum: number }) {
  const { value = "" } = useFieldState(field);
  const [length, setLength] = useState(lengthOf(value));
  const place = useRef<HTMLParagraphElement>(null);

  useEffect(() => {
    const input = place.current?.closest("form")?.elements.namedItem(field);
    if (!(input instanceof HTMLTextAreaElement)) return;

    const count = () => setLength(lengthOf(input.value));
    // What was typed before the script ran counts as well.
    count();
    input.addEventListener("input", count);
    return () => input.removeEventListener("input", count);
  }, [field]);

  return (
    // The limit is told in words by the field's help: a number that changes at each key would only interrupt.
    <p
      ref={place}
      aria-hidden="true"
      data-over={length > maximum || undefined}
      className="needs-script -mt-5 text-right text-13 text-muted tabular-nums data-over:text-accent"
    >
      {length} / {maximum}
    </p>
  );
}

function lengthOf(text: string): number {
  return [...text].length;
}
