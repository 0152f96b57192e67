"use client";

import { createContext, type ReactNode, use, useState } from "react";
import { type Searchable, searchDocs } from "@/lib/docs/search-docs";

type Entry = Searchable & { id: string };

const ShownContext = createContext<ReadonlySet<string> | null>(null);

/**
 * Shows those parts of the reference alone that have all the words asked for. Without JavaScript the form asks the
 * server, which renders the same.
 *
 * @param words `found` says how many match: one for the first, two for the second, and so on.
 */
export function ReferenceFilter({
  entries,
  initial,
  words,
  children,
}: {
  entries: Entry[];
  initial: string;
  words: { label: string; button: string; help: string; nothing: string; all: string; found: string[] };
  children: ReactNode;
}) {
  const [search, setSearch] = useState(initial);
  const shown = matching(search, entries);
  return (
    <>
      <search className="mt-12 block max-w-[26rem]">
        <form
          onSubmit={(event) => {
            event.preventDefault();
          }}
        >
          <label htmlFor="search" className="mb-1.5 block font-semibold">
            {words.label}
          </label>
          <div className="flex gap-2">
            <input
              id="search"
              name="search"
              type="search"
              value={search}
              maxLength={200}
              aria-describedby="search-help"
              onChange={(event) => setSearch(event.currentTarget.value)}
              className="input"
            />
            <button type="submit" className="button shrink-0">
              {words.button}
            </button>
          </div>
          <p id="search-help" className="mt-1.5 text-13 text-muted">
            {words.help}
          </p>
          <p role="status" className="mt-1.5 text-13 text-muted">
            {shown && (shown.size > 0 ? words.found[shown.size - 1] : words.nothing)}
          </p>
        </form>
        {shown?.size === 0 && (
          <a
            href="/docs/api"
            className="target link"
            onClick={(event) => {
              event.preventDefault();
              setSearch("");
            }}
          >
            {words.all}
          </a>
        )}
      </search>
      <ShownContext value={shown}>{children}</ShownContext>
    </>
  );
}

/** A part that is there while one of its endpoints matches. */
export function FilteredPart({ ids, children }: { ids: string[]; children: ReactNode }) {
  const shown = use(ShownContext);
  const isShown = shown === null || ids.some((id) => shown.has(id));
  return <div hidden={!isShown}>{children}</div>;
}

/** @returns null while nothing is asked for. */
function matching(search: string, entries: Entry[]): ReadonlySet<string> | null {
  if (search.trim() === "") return null;
  const found = searchDocs(search, entries).filter(({ coverage }) => coverage === 1);
  return new Set(found.map(({ entry }) => entry.id));
}
