import { getLocale, getTranslations } from "next-intl/server";
import { CodeFigure } from "@/app/_components/articles/code-figure";
import type { ApiOperation } from "@/lib/docs/api-reference";
import type { Field } from "@/lib/docs/schema-fields";
import type { TriedOperation } from "./_try-it/request";
import { TryIt } from "./_try-it/try-it";
import { FieldList, MediaTypes } from "./field-list";
import { Folded } from "./folded";
import { OperationErrors } from "./operation-errors";
import { summaryOf } from "./summaries";

/** An endpoint: its purpose, request, response, errors and examples, and a form to try it. */
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
        <OperationErrors errors={errors} />
      </Folded>
      <Folded title={t("example")}>
        <div className="space-y-4">
          <CodeFigure language="bash" code={example.curl} />
          <CodeFigure language="ts" code={example.typescript} />
        </div>
      </Folded>
      <div className="needs-script">
        <Folded title={t("tryIt.title")}>
          <TryIt operation={triedOperation(operation)} />
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

function triedOperation(operation: ApiOperation): TriedOperation {
  const { method, path, parameters, bodyTypes, example, identification } = operation;
  return {
    method,
    path,
    parameters: parameters
      .filter(({ name }) => !name.includes("."))
      .map(({ name, in: place, isRequired }) => ({ name, place, isRequired })),
    takesFile: bodyTypes.length > 0,
    body: example.body ? JSON.stringify(example.body, null, 2) : undefined,
    takesKey: identification !== "none",
    takesToken: identification === "token" || identification === "keyOrToken",
  };
}
