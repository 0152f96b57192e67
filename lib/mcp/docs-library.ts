import "server-only";
import { env } from "@/lib/config/env";
import { errorMessage } from "@/lib/core/error-messages";
import { type ApiOperation, apiReference } from "@/lib/docs/api-reference";
import { type GuideSection, readSections } from "@/lib/docs/guides";
import type { Field } from "@/lib/docs/schema-fields";
import { type Searchable, searchDocs } from "@/lib/docs/search-docs";
import { type TutorialStep, tutorialSteps } from "@/lib/docs/tutorial-steps";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { once } from "@/lib/runtime/once";

/** An endpoint or a section of a guide, as the MCP server returns it. */
export type DocsPage = {
  kind: "endpoint" | "guide" | "tutorial";
  title: string;
  /** Its location: a URL on this site, or a file of the project. */
  address: string;
  /** The whole text, in Markdown. */
  text: string;
};

/**
 * Searches the endpoints and the guides. A question in Korean searches the Korean guides;
 * the reference is the same in both languages.
 *
 * @param limit the maximum number of results.
 * @returns the best first.
 */
export async function findDocs(question: string, limit: number): Promise<DocsPage[]> {
  const language: Locale = /\p{Script=Hangul}/u.test(question) ? "ko" : "en";
  return searchDocs(question, await libraryIn[language]())
    .slice(0, limit)
    .map(({ entry }) => entry.page());
}

type Entry = Searchable & { page(): DocsPage };

/** The same entries each time, so that the search need not take them apart anew. They change with the code alone. */
const libraryIn: Record<Locale, () => Promise<Entry[]>> = {
  en: once(() => gatherLibrary("en")),
  ko: once(() => gatherLibrary("ko")),
};

async function gatherLibrary(language: Locale): Promise<Entry[]> {
  const sections = (await readSections()).filter((section) => section.language === language);
  return [
    ...apiReference().map((operation) => endpointEntry(operation, language)),
    ...tutorialSteps.map((step) => stepEntry(step, language)),
    ...sections.map(guideEntry),
  ];
}

function endpointEntry(operation: ApiOperation, language: Locale): Entry {
  const { id, method, path, summary, parameters, body, errors } = operation;
  const names = [...parameters, ...body].map(({ name }) => name).join(" ");
  // What every endpoint may answer tells none from another.
  const ownErrors = errors.map(({ code }) => code).filter((code) => !code.startsWith("common/"));
  return {
    title: summary,
    // The path says what the endpoint is; that it is one (api, v1) it has in common with all others.
    keywords: path.replace("/v1/", ""),
    // Developers need the endpoint first, then the guide that mentions it.
    boost: 1.5,
    text: `${id} ${names} ${ownErrors.map((code) => code.split("/")[1]).join(" ")}`,
    page: () => ({
      kind: "endpoint",
      title: `${method} ${path}: ${summary}`,
      address: `${env().APP_URL}/docs/api#${id}`,
      text: endpointText(operation, language),
    }),
  };
}

function stepEntry({ id, curl, typescript }: TutorialStep, language: Locale): Entry {
  const { title, text } = messages[language].tutorial.steps[id];
  const code = [
    ...(curl ? [`\`\`\`bash\n${curl}\n\`\`\``] : []),
    ...(typescript ? [`\`\`\`ts\n${typescript}\n\`\`\``] : []),
  ];
  return {
    title,
    keywords: "",
    text,
    page: () => ({
      kind: "tutorial",
      title,
      address: `${env().APP_URL}/tutorial#${id}`,
      text: [`# ${title}`, text, ...code].join("\n\n"),
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
