"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { withQuery } from "@/lib/web/paths/with-query";

/** How long the user has to pause before the search runs: each search counts against the request limit. */
const pauseMilliseconds = 300;

/**
 * Updates the results of the search form in it as the user types. One search runs at a time: after its response only
 * the latest text is searched for. The URL is updated as well, so that it can be shared, and the back button does
 * not go letter by letter.
 */
export function SearchAsYouType({ search, children }: { search: string; children: ReactNode }) {
  const router = useRouter();
  const container = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState(search);
  const [isSearching, startSearch] = useTransition();

  useEffect(() => {
    const input = findInput(container.current);
    if (!input) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onInput = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setTyped(input.value.trim()), pauseMilliseconds);
    };
    input.addEventListener("input", onInput);
    // Typed before hydration.
    if (input.value.trim() !== input.defaultValue.trim()) setTyped(input.value.trim());
    return () => {
      clearTimeout(timer);
      input.removeEventListener("input", onInput);
    };
  }, []);

  const requested = useRef(search);
  const shown = useRef(search);
  useEffect(() => {
    if (isSearching) return;
    if (typed !== requested.current) {
      requested.current = typed;
      startSearch(() => router.replace(withQuery("/search", { search: typed }), { scroll: false }));
      return;
    }
    if (search === shown.current) return;
    shown.current = search;
    // A link led to another search, or to none. A focused field is left alone, since the user is typing in it.
    const input = findInput(container.current);
    if (!input || input === document.activeElement) return;
    input.value = search;
    requested.current = search;
    setTyped(search);
  }, [typed, isSearching, router, search]);

  return (
    <div ref={container} aria-busy={isSearching}>
      {children}
    </div>
  );
}

function findInput(container: HTMLElement | null): HTMLInputElement | null {
  return container?.querySelector<HTMLInputElement>("input[type=search]") ?? null;
}
