"use client";

import { useEffect, useRef, useState } from "react";
import { useFieldState } from "@/app/_components/forms/client-form";

/** Counts the code points typed into a field of the form around it. */
export function Counter({ field, maximum }: { field: string; maximum: number }) {
  const { value = "" } = useFieldState(field);
  const [length, setLength] = useState(lengthOf(value));
  const place = useRef<HTMLParagraphElement>(null);

  useEffect(() => {
    const input = place.current?.closest("form")?.elements.namedItem(field);
    if (!(input instanceof HTMLTextAreaElement)) return;

    const count = () => setLength(lengthOf(input.value));
    // Includes text typed before hydration.
    count();
    input.addEventListener("input", count);
    return () => input.removeEventListener("input", count);
  }, [field]);

  return (
    // Screen readers get the limit from the help of the field: a number that changes at each key would interrupt.
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
