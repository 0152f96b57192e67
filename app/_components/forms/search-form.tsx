import type { Route } from "next";
import Form from "next/form";
import { articleLimits } from "@/lib/articles/contract";
import { HiddenFields, type HiddenValues } from "./hidden-fields";

/**
 * A search form. It navigates on the client; without JavaScript it is a plain form.
 *
 * @param action the page that shows the results.
 * @param replaces whether that page replaces the current history entry, because searching as you type has already
 *   pushed one.
 */
export function SearchForm({
  action,
  replaces = false,
  label,
  button,
  help,
  search,
  hidden = {},
  className = "",
}: {
  action: Route;
  replaces?: boolean;
  label: string;
  button: string;
  help?: string;
  search: string;
  /** Other parameters that the URL keeps. */
  hidden?: HiddenValues;
  className?: string;
}) {
  return (
    <search className={`block max-w-[26rem] ${className}`}>
      <Form action={action} replace={replaces} prefetch={false}>
        <HiddenFields values={hidden} />
        <label htmlFor="search" className="mb-1.5 block font-semibold">
          {label}
        </label>
        <div className="flex gap-2">
          <input
            id="search"
            name="search"
            type="search"
            defaultValue={search}
            maxLength={articleLimits.search}
            aria-describedby={help ? "search-help" : undefined}
            className="input"
          />
          <button type="submit" className="button shrink-0">
            {button}
          </button>
        </div>
        {help && (
          <p id="search-help" className="mt-1.5 text-13 text-muted">
            {help}
          </p>
        )}
      </Form>
    </search>
  );
}
