import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

type Choice = {
  name: string;
  label: string;
  value: string | undefined;
  /** The text of the first option, which does not filter. */
  any: string;
  options: { value: string; text: string }[];
};

/** Filters a list. The filters become parameters of the URL. */
export async function FilterForm({
  search,
  choices = [],
  children,
}: {
  search?: { label: string; value: string };
  choices?: Choice[];
  /** Hidden fields for other parameters of the URL. */
  children?: ReactNode;
}) {
  const t = await getTranslations("admin");
  return (
    <form className="mt-6 grid gap-4 sm:grid-cols-2">
      {children}
      {search && (
        <div className="sm:col-span-2">
          <label htmlFor="search" className="mb-1.5 block font-semibold">
            {search.label}
          </label>
          <input
            id="search"
            name="search"
            type="search"
            maxLength={200}
            defaultValue={search.value}
            className="input"
          />
        </div>
      )}
      {choices.map(({ name, label, value = "", any, options }) => (
        <div key={name}>
          <label htmlFor={name} className="mb-1.5 block font-semibold">
            {label}
          </label>
          {/* The key shows the filter of the current URL: React applies the default only to a new element. */}
          <select key={value} id={name} name={name} defaultValue={value} className="input">
            <option value="">{any}</option>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.text}
              </option>
            ))}
          </select>
        </div>
      ))}
      <div className="flex items-end">
        <button type="submit" className="button w-full sm:w-auto">
          {t("filter")}
        </button>
      </div>
    </form>
  );
}

/** Drops empty parameters, and takes the first value of a repeated one. */
export function filledIn(parameters: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      return first ? [[name, first]] : [];
    }),
  );
}
