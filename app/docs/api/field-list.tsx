import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { Field } from "@/lib/docs/schema-fields";

/** The fields of a request or response, with their types and descriptions. */
export async function FieldList({ fields }: { fields: Field[] }) {
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
            {!isRequired && <span className="ml-2 font-sans text-muted">{t("tryIt.optional")}</span>}
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

/** The media types of a body without fields, such as an image. */
export async function MediaTypes({ types }: { types: string[] }) {
  const t = await getTranslations("apiDocs");
  return (
    <p className="mt-1">
      {t("bytes")} <code className="font-mono text-13">{types.join(", ")}</code>
    </p>
  );
}

/** Descriptions are Markdown, as in OpenAPI. Ours use only inline code. */
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
