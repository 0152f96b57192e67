"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { withQuery } from "@/lib/web/paths/with-query";

/** How long the user has to pause before the search runs: each search counts against the request limit. */
const pauseMilliseconds = 300;

/**
 * Lets the results of the search form in it follow what is typed. One search is under way at a time: what is typed
 * meanwhile waits for its answer, and only the last of it is asked for. The address follows as well, so that it
 * can be handed on, and going back does not go letter by letter.
 */
export function SearchAsYouType({ search, children }: { search: string; children: ReactNode }) {
  const router = useRouter();
  const place = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState(search);
  const [isSearching, startSearch] = useTransition();

  useEffect(() => {
    const input = inputIn(place.current);
    if (!input) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setWanted(input.value.trim()), pauseMilliseconds);
    };
    input.addEventListener("input", follow);
    // Typed before this script was there.
    if (input.value.trim() !== input.defaultValue.trim()) setWanted(input.value.trim());
    return () => {
      clearTimeout(timer);
      input.removeEventListener("input", follow);
    };
  }, []);

  const asked = useRef(search);
  const shown = useRef(search);
  useEffect(() => {
    if (isSearching) return;
    if (wanted !== asked.current) {
      asked.current = wanted;
      startSearch(() => router.replace(withQuery("/search", { search: wanted }), { scroll: false }));
      return;
    }
    if (search === shown.current) return;
    shown.current = search;
    // A link led to another search, or to none. A field in which the user is typing is left alone.
    const input = inputIn(place.current);
    if (!input || input === document.activeElement) return;
    input.value = search;
    asked.current = search;
    setWanted(search);
  }, [wanted, isSearching, router, search]);

  return (
    <div ref={place} aria-busy={isSearching}>
      {children}
    </div>
  );
}

function inputIn(place: HTMLElement | null): HTMLInputElement | null {
  return place?.querySelector<HTMLInputElement>("input[type=search]") ?? null;
}
