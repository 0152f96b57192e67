import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { CodeFigure } from "@/app/_components/articles/code-figure";
import { DisclosureIcon } from "@/app/_components/ui/disclosure-icon";
import { errorMessage } from "@/lib/core/error-messages";
import type { ApiOperation } from "@/lib/docs/api-reference";
import type { Field } from "@/lib/docs/schema-fields";
import { errorAnchor } from "./error-anchor";
import { summaryOf } from "./summaries";
import { TryIt } from "./try-it";

/** An endpoint: what it is for, what it takes and answers, how it refuses, and a place to try it. */
export async function Operation({ operation }: { operation: ApiOperation }) {
  const [t, locale] = await Promise.all([getTranslations("apiDocs"), getLocale()]);
  const {
    id,
    method,
    path,
    identification,
    parameters,
    body,
    bodyTypes,
    success,
    redirects,
    errors,
    example,
  } = operation;
  const { words, language } = summaryOf(operation, locale);
  return (
    <article aria-labelledby={id} className="mt-8 border-t border-rule pt-6">
      <h3 id={id} lang={language} className="scroll-mt-6 text-20">
        <a href={`#${id}`} className="no-underline">
          {words}
        </a>
      </h3>
      <p className="mt-1 font-mono text-13 break-all">
        <strong className="font-semibold text-accent">{method}</strong> /api{path}
      </p>
      <p className="mt-2 text-muted">{t(`identification.${identification}`)}</p>

      <Fields title={t("parameters")} fields={parameters} />
      <Fields title={t("body")} fields={body} />
      {bodyTypes.length > 0 && (
        <>
          <h4 className="mt-5 text-15">{t("body")}</h4>
          <MediaTypes types={bodyTypes} />
        </>
      )}
      <Folded title={t("answer", { status: success.status })}>
        {success.fields.length > 0 && <FieldList fields={success.fields} />}
        {success.types.length > 0 && <MediaTypes types={success.types} />}
        {success.fields.length + success.types.length === 0 && success.status !== 302 && (
          <p>{t("answerOpen")}</p>
        )}
        {redirects && <p className="mt-3">{t("redirects")}</p>}
      </Folded>
      <Folded title={t("errors", { count: errors.length })}>
        <dl>
          {errors
            .filter(({ isGeneral }) => !isGeneral)
            .map(({ code, status }) => (
              <div key={code} className="border-b border-rule py-2">
                <dt className="font-mono text-13">
                  <span className="mr-3 text-muted tabular-nums">{status}</span>
                  {code}
                </dt>
                <dd className="mt-0.5">{errorMessage(code, locale)}</dd>
              </div>
            ))}
        </dl>
        <p className="mt-3 text-13 text-muted">{t("generalErrors")}</p>
        <ul className="flex flex-wrap gap-x-4 font-mono text-13">
          {errors
            .filter(({ isGeneral }) => isGeneral)
            .map(({ code }) => (
              <li key={code}>
                <a href={`#${errorAnchor(code)}`} className="target link">
                  {code}
                </a>
              </li>
            ))}
        </ul>
      </Folded>
      <Folded title={t("example")}>
        <div className="space-y-4">
          <CodeFigure language="bash" code={example.curl} />
          <CodeFigure language="ts" code={example.typescript} />
        </div>
      </Folded>
      <div className="needs-script">
        <Folded title={t("tryIt")}>
          <TryIt
            operation={{
              id,
              method,
              path,
              parameters: parameters
                .filter(({ name }) => !name.includes("."))
                .map(({ name, in: place, isRequired }) => ({
                  name,
                  place,
                  isRequired,
                })),
              takesFile: bodyTypes.length > 0,
              body: example.body ? JSON.stringify(example.body, null, 2) : undefined,
              takesKey: identification !== "none",
              takesToken: identification === "token" || identification === "keyOrToken",
            }}
          />
        </Folded>
      </div>
    </article>
  );
}

function Fields({ title, fields }: { title: string; fields: Field[] }) {
  if (fields.length === 0) return null;
  return (
    <>
      <h4 className="mt-5 text-15">{title}</h4>
      <FieldList fields={fields} />
    </>
  );
}

async function FieldList({ fields }: { fields: Field[] }) {
  const t = await getTranslations("apiDocs");
  return (
    <dl>
      {fields.map(({ name, type, isRequired, facts, description }) => (
        <div
          key={name}
          className="border-b border-rule py-2 sm:grid sm:grid-cols-[13rem_minmax(0,1fr)] sm:gap-4"
        >
          <dt className="font-mono text-13 break-all">
            {name}
            {!isRequired && <span className="ml-2 font-sans text-muted">{t("optional")}</span>}
          </dt>
          <dd className="mt-0.5 text-13 sm:mt-0">
            <code className="font-mono break-words">{type}</code>
            {facts.length > 0 && <span className="ml-2 text-muted">{facts.join(", ")}</span>}
            {description && (
              <span lang="en" className="block text-muted">
                {withCode(description)}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Descriptions are Markdown, for the OpenAPI document's sake; code is all that ours have of it. */
function withCode(description: string): ReactNode {
  return description.split("`").map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <code key={part} className="font-mono">
        {part}
      </code>
    ),
  );
}

/** What has no fields: a picture. */
async function MediaTypes({ types }: { types: string[] }) {
  const t = await getTranslations("apiDocs");
  return (
    <p className="mt-1">
      {t("bytes")} <code className="font-mono text-13">{types.join(", ")}</code>
    </p>
  );
}

/** Closed at first, so that one sees the whole of a long page. */
function Folded({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="mt-1">
      <summary className="target gap-2 font-semibold hover:text-accent">
        <DisclosureIcon />
        {title}
      </summary>
      <div className="pt-1 pb-4">{children}</div>
    </details>
  );
}
