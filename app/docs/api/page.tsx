import type { Metadata } from "next";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { translatedAt } from "@/app/_components/layout/alternates";
import { PageShell } from "@/app/_components/layout/page-shell";
import { DisclosureIcon } from "@/app/_components/ui/disclosure-icon";
import { env } from "@/lib/config/env";
import { type ApiOperation, apiReference } from "@/lib/docs/api-reference";
import type { Locale } from "@/lib/i18n/locales";
import { Credentials } from "./_try-it/credentials";
import { Contents } from "./contents";
import { ErrorTable } from "./error-table";
import { Introduction } from "./introduction";
import { Operation } from "./operation";
import { groupName, groupsOf } from "./operation-groups";
import { type Entry, FilteredPart, ReferenceFilter } from "./reference-filter";
import { summaryOf } from "./summaries";

type Props = PageProps<"/docs/api">;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [{ lang }, t] = await Promise.all([searchParams, getTranslations("apiDocs")]);
  return { title: t("title"), description: t("description"), alternates: translatedAt("/docs/api", lang) };
}

/** The API reference, generated from the contracts of the routes. */
export default async function ApiDocsPage({ searchParams }: Props) {
  const [t, { apiDocs }, locale, { search }] = await Promise.all([
    getTranslations("apiDocs"),
    getMessages(),
    getLocale(),
    searchParams,
  ]);
  const operations = apiReference();
  const groups = groupsOf(operations);
  const entries = operations.map((operation) => entryOf(operation, locale));
  return (
    <PageShell>
      <div className="with-margin pt-10 lg:pt-16">
        <nav
          aria-label={t("contents")}
          className="hidden text-13 text-muted lg:sticky lg:top-8 lg:row-span-2 lg:block lg:max-h-[calc(100dvh-4rem)] lg:self-start lg:overflow-y-auto lg:pt-3"
        >
          <Contents groups={groups} />
        </nav>
        <div className="min-w-0">
          <Introduction />
          <details className="mt-6 lg:hidden">
            <summary className="target gap-2 font-semibold">
              <DisclosureIcon />
              {t("contents")}
            </summary>
            <nav aria-label={t("contents")}>
              <Contents groups={groups} />
            </nav>
          </details>
          <Credentials
            publishableKey={env().PUBLISHABLE_KEY}
            messages={{ credentials: apiDocs.credentials, tryIt: apiDocs.tryIt }}
          >
            <ReferenceFilter
              entries={entries}
              initial={typeof search === "string" ? search.slice(0, 200) : ""}
              messages={apiDocs.filter}
            >
              {groups.map(({ group, operations }) => (
                <FilteredPart key={group} ids={operations.map(({ id }) => id)}>
                  <section aria-labelledby={`group-${group}`} className="mt-16">
                    <h2 id={`group-${group}`} className="scroll-mt-6 text-24">
                      {groupName(group, t)}
                    </h2>
                    {operations.map((operation) => (
                      <FilteredPart key={operation.id} ids={[operation.id]}>
                        <Operation operation={operation} />
                      </FilteredPart>
                    ))}
                  </section>
                </FilteredPart>
              ))}
            </ReferenceFilter>
          </Credentials>
          <ErrorTable />
        </div>
      </div>
    </PageShell>
  );
}

/** @returns the searchable text of an endpoint. */
function entryOf(operation: ApiOperation, locale: Locale): Entry {
  return {
    id: operation.id,
    title: summaryOf(operation, locale).words,
    keywords: `${operation.method} ${operation.path.replace("/v1/", "")}`,
    text: [
      operation.id,
      operation.summary,
      ...[...operation.parameters, ...operation.body].map(({ name }) => name),
      ...operation.errors.map(({ code }) => code),
    ].join(" "),
  };
}
