import "server-only";
import { env } from "@/lib/config/env";
import { errorMessage } from "@/lib/core/error-messages";
import { type ApiOperation, apiReference } from "@/lib/docs/api-reference";
import type { Field } from "@/lib/docs/schema-fields";
import { searchDocs } from "@/lib/docs/search-docs";
import { type GuideSection, readSections } from "@/lib/docs/sections";
import { languageOfQuestion } from "@/lib/i18n/language-of";
import type { Locale } from "@/lib/i18n/locales";
import { once } from "@/lib/runtime/once";
import type { DocsPage, Entry } from "./docs-page";
import { tutorialEntries } from "./tutorial-entries";

/**
 * Searches the endpoints and the guides. A question in Korean searches the Korean guides;
 * the reference is the same in both languages.
 *
 * @param limit the maximum number of results.
 * @returns the best match first.
 */
export async function findDocs(question: string, limit: number): Promise<DocsPage[]> {
  const language = languageOfQuestion(question);
  return searchDocs(question, await libraryIn[language]())
    .slice(0, limit)
    .map(({ entry }) => entry.page());
}

/** Created once, so that the search tokenizes the entries only once. They change only with the code. */
const libraryIn: Record<Locale, () => Promise<Entry[]>> = {
  en: once(() => gatherLibrary("en")),
  ko: once(() => gatherLibrary("ko")), // part: korean
};

async function gatherLibrary(language: Locale): Promise<Entry[]> {
  const sections = (await readSections()).filter((section) => section.language === language);
  return [
    ...apiReference().map((operation) => endpointEntry(operation, language)),
    ...tutorialEntries(language), // part: tutorial
    ...sections.map(guideEntry),
  ];
}

/** The pages that describe the endpoints, by preference; the first may have been removed. */
const [reference] = [
  "/docs/api", // part: api-reference
  "/api/v1/openapi.json",
] as const;

function endpointEntry(operation: ApiOperation, language: Locale): Entry {
  const { id, method, path, summary, parameters, body, errors } = operation;
  const names = [...parameters, ...body].map(({ name }) => name).join(" ");
  // Common errors do not distinguish endpoints.
  const ownErrors = errors.map(({ code }) => code).filter((code) => !code.startsWith("common/"));
  return {
    title: summary,
    // Without `v1`, which all paths have in common.
    keywords: path.replace("/v1/", ""),
    // Developers need the endpoint first, then the guide that mentions it.
    boost: 1.5,
    text: `${id} ${names} ${ownErrors.map((code) => code.split("/")[1]).join(" ")}`,
    page: () => ({
      kind: "endpoint",
      title: `${method} ${path}: ${summary}`,
      address: `${env().APP_URL}${reference}#${id}`,
      text: endpointText(operation, language),
    }),
  };
}

function guideEntry({ title, text, address }: GuideSection): Entry {
  return { title, keywords: "", text, page: () => ({ kind: "guide", title, address, text }) };
}

const identifications = {
  none: "None: a browser gets here by a link.",
  key: "`X-API-Key`.",
  keyOrToken: "`X-API-Key`; with `Authorization: Bearer <accessToken>` as that user.",
  token: "`X-API-Key` and `Authorization: Bearer <accessToken>`.",
} as const;

function endpointText(operation: ApiOperation, language: Locale): string {
  const {
    method,
    path,
    summary,
    identification,
    parameters,
    body,
    bodyTypes,
    success,
    redirects,
    errors,
    example,
  } = operation;
  return [
    `# ${method} /api${path}`,
    `${summary}.`,
    `Headers: ${identifications[identification]}`,
    ...listed("Parameters", parameters),
    ...listed("Body (JSON)", body),
    ...(bodyTypes.length > 0 ? [`Body: the bytes of ${bodyTypes.join(", ")}.`] : []),
    ...listed(`Answer (${success.status})`, success.fields),
    ...(success.types.length > 0
      ? [`Answer (${success.status}): the bytes of ${success.types.join(", ")}.`]
      : []),
    ...(redirects ? ["It may also answer 302 and send the browser on."] : []),
    `Errors:\n${errors.map(({ code, status }) => `- ${status} \`${code}\`: ${errorMessage(code, language)}`).join("\n")}`,
    `\`\`\`bash\n${example.curl}\n\`\`\``,
    `\`\`\`ts\n${example.typescript}\n\`\`\``,
  ].join("\n\n");
}

function listed(title: string, fields: Field[]): string[] {
  if (fields.length === 0) return [];
  const lines = fields.map(({ name, type, isRequired, facts, description }) =>
    [
      `- \`${name}\`: ${type}${isRequired ? "" : ", optional"}`,
      ...(facts.length > 0 ? [` (${facts.join(", ")})`] : []),
      ...(description ? [`. ${description}`] : []),
    ].join(""),
  );
  return [`${title}:\n${lines.join("\n")}`];
}
