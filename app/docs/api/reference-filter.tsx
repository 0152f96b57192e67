"use client";

import { createContext, type ReactNode, use, useState } from "react";
import { type Searchable, searchDocs } from "@/lib/docs/search-docs";
import { fillInCount } from "@/lib/i18n/fill-in";
import type { Messages } from "@/lib/i18n/messages/en";

/** The searchable text of an endpoint. */
export type Entry = Searchable & { id: string };

const ShownContext = createContext<ReadonlySet<string> | null>(null);

/** Shows only the endpoints that contain all the words of a search. Without JavaScript the server filters them. */
export function ReferenceFilter({
  entries,
  initial,
  messages,
  children,
}: {
  entries: Entry[];
  initial: string;
  messages: Messages["apiDocs"]["filter"];
  children: ReactNode;
}) {
  const [search, setSearch] = useState(initial);
  const shown = findMatches(search, entries);
  return (
    <>
      <search className="mt-12 block max-w-[26rem]">
        <form
          onSubmit={(event) => {
            event.preventDefault();
          }}
        >
          <label htmlFor="search" className="mb-1.5 block font-semibold">
            {messages.label}
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
              {messages.button}
            </button>
          </div>
          <p id="search-help" className="mt-1.5 text-13 text-muted">
            {messages.help}
          </p>
          <p role="status" className="mt-1.5 text-13 text-muted">
            {shown && (shown.size > 0 ? fillInCount(messages.found, shown.size) : messages.nothing)}
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
            {messages.all}
          </a>
        )}
      </search>
      <ShownContext value={shown}>{children}</ShownContext>
    </>
  );
}

/** A part of the page that is shown only if one of its endpoints matches. */
export function FilteredPart({ ids, children }: { ids: string[]; children: ReactNode }) {
  const shown = use(ShownContext);
  const isShown = shown === null || ids.some((id) => shown.has(id));
  return <div hidden={!isShown}>{children}</div>;
}

/** @returns the ids of the matching entries; null without a search. */
function findMatches(search: string, entries: Entry[]): ReadonlySet<string> | null {
  if (search.trim() === "") return null;
  const found = searchDocs(search, entries).filter(({ coverage }) => coverage === 1);
  return new Set(found.map(({ entry }) => entry.id));
}
