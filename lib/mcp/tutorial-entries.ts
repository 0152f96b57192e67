import "server-only";
import { env } from "@/lib/config/env";
import { type TutorialStep, tutorialSteps } from "@/lib/docs/tutorial-steps";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import type { Entry } from "./docs-page";

/** @returns the steps of the tutorial as search entries. */
export function tutorialEntries(language: Locale): Entry[] {
  return tutorialSteps.map((step) => stepEntry(step, language));
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
