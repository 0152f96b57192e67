import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CodeFigure } from "@/app/_components/articles/code-figure";
import { translatedAt } from "@/app/_components/layout/alternates";
import { PageShell } from "@/app/_components/layout/page-shell";
import { DisclosureIcon } from "@/app/_components/ui/disclosure-icon";
import { env } from "@/lib/config/env";
import { errorMessage } from "@/lib/core/error-messages";
import { type ErrorCode, errors } from "@/lib/core/errors";
import { type ApiOperation, apiReference } from "@/lib/docs/api-reference";
import type { SearchParams } from "@/lib/web/read-list-query";
import { Credentials } from "./credentials";
import { errorAnchor } from "./error-anchor";
import { Operation } from "./operation";
import { FilteredPart, ReferenceFilter } from "./reference-filter";
import { summaryOf } from "./summaries";

type Props = { searchParams: SearchParams };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [{ lang }, t] = await Promise.all([searchParams, getTranslations("apiDocs")]);
  return { title: t("title"), description: t("description"), alternates: translatedAt("/docs/api", lang) };
}

/** The API's reference, from the document that the routes themselves go by. */
export default async function ApiDocsPage({ searchParams }: Props) {
  const [t, locale, { search }] = await Promise.all([getTranslations("apiDocs"), getLocale(), searchParams]);
  const { APP_URL, PUBLISHABLE_KEY } = env();
  const groups = groupsOf(apiReference());
  const entries = apiReference().map((operation) => ({
    id: operation.id,
    title: summaryOf(operation, locale).words,
    keywords: `${operation.method} ${operation.path.replace("/v1/", "")}`,
    text: [
      operation.id,
      operation.summary,
      ...[...operation.parameters, ...operation.body].map(({ name }) => name),
      ...operation.errors.map(({ code }) => code),
    ].join(" "),
  }));

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
          <h1 className="text-32 lg:text-44">{t("title")}</h1>
          <p className="mt-4 max-w-[36rem] text-17 text-muted">{t("intro")}</p>
          <div className="mt-8">
            <CodeFigure language="bash" code={`API=${APP_URL}/api\nKEY=${PUBLISHABLE_KEY}`} />
          </div>
          <ul className="mt-4 space-y-1">
            <li>{t("keyRule")}</li>
            <li>{t("tokenRule")}</li>
            <li>
              {t.rich("machines", {
                document: (words) => (
                  <a className="link" href="/api/v1/openapi.json">
                    {words}
                  </a>
                ),
              })}
            </li>
            {/* part: mcp */}
            <li>
              {t.rich("assistants", {
                address: () => (
                  <code className="inline-block font-mono break-all">{`${APP_URL}/api/mcp`}</code>
                ),
              })}
            </li>
            {/* end of part: mcp */}
          </ul>
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
            publishableKey={PUBLISHABLE_KEY}
            words={{
              title: t("credentials"),
              text: t("credentialsText"),
              key: t("key"),
              token: t("token"),
              tokenHelp: t("tokenHelp"),
              forget: t("forget"),
            }}
            tryItWords={{
              body: t("bodyText"),
              file: t("file"),
              bodyProblem: t("bodyProblem"),
              optional: t("optional"),
              send: t("send"),
              sending: t("sending"),
              noAnswer: t("noAnswer"),
              redirected: t("redirected"),
              headers: t("headers"),
              answer: t("answerText"),
              empty: t("empty"),
              useToken: t("useToken"),
              tokenUsed: t("tokenUsed"),
            }}
          >
            <ReferenceFilter
              entries={entries}
              initial={typeof search === "string" ? search.slice(0, 200) : ""}
              words={{
                label: t("search"),
                button: t("searchButton"),
                help: t("searchHelp"),
                nothing: t("nothing"),
                all: t("showAll"),
                found: entries.map((_, index) => t("found", { count: index + 1 })),
              }}
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
          <ErrorTable locale={locale} title={t("errorsTitle")} text={t("errorsText")} />
        </div>
      </div>
    </PageShell>
  );
}

type Group = { group: string; operations: ApiOperation[] };

function groupsOf(operations: ApiOperation[]): Group[] {
  const names = [...new Set(operations.map(({ group }) => group))];
  return names.map((group) => ({
    group,
    operations: operations.filter((operation) => operation.group === group),
  }));
}

type Translate = Awaited<ReturnType<typeof getTranslations<"apiDocs">>>;

const named = ["auth", "users", "data", "files", "storage"] as const;

/** A part of the API without a title uses the segment of its paths. */
function groupName(group: string, t: Translate): string {
  const name = named.find((candidate) => candidate === group);
  return name ? t(`groups.${name}`) : group;
}

async function Contents({ groups }: { groups: Group[] }) {
  const [t, locale] = await Promise.all([getTranslations("apiDocs"), getLocale()]);
  return groups.map(({ group, operations }) => (
    <div key={group} className="mt-5 first:mt-0">
      <a href={`#group-${group}`} className="block py-1 font-semibold text-ink">
        {groupName(group, t)}
      </a>
      <ol>
        {operations.map((operation) => {
          const { words, language } = summaryOf(operation, locale);
          return (
            <li key={operation.id}>
              <a href={`#${operation.id}`} lang={language} className="block py-1.5 lg:py-1">
                {words}
              </a>
            </li>
          );
        })}
      </ol>
    </div>
  ));
}

function ErrorTable({
  locale,
  title,
  text,
}: {
  locale: Awaited<ReturnType<typeof getLocale>>;
  title: string;
  text: string;
}) {
  // The table of errors is an object with these very keys.
  const codes = Object.keys(errors) as ErrorCode[];
  return (
    <section aria-labelledby="errors" className="mt-16">
      <h2 id="errors" className="scroll-mt-6 text-24">
        {title}
      </h2>
      <p className="mt-2 text-muted">{text}</p>
      <dl className="mt-4">
        {codes.map((code) => (
          <div key={code} id={errorAnchor(code)} className="border-b border-rule py-2.5">
            <dt className="font-mono text-13">
              <span className="mr-3 text-muted tabular-nums">{errors[code].status}</span>
              {code}
            </dt>
            <dd className="mt-0.5">{errorMessage(code, locale)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
