import type { Metadata } from "next";
import { headers } from "next/headers";
import { getMessages, getTranslations } from "next-intl/server";
import { CodeFigure } from "@/app/_components/articles/code-figure";
import { translatedAt } from "@/app/_components/layout/alternates";
import { PageShell } from "@/app/_components/layout/page-shell";
import { Link } from "@/app/_components/ui/link";
import { Section } from "@/app/_components/ui/section";
import { env } from "@/lib/config/env";
import { setUpCode, type TutorialStep, tutorialSteps } from "@/lib/docs/tutorial-steps";
import { showsDevelopmentPages } from "@/lib/web/development-pages";
import { AccountForm } from "./account-form";
import { OpenLink } from "./open-link";
import { RunStep } from "./run-step";
import { TokenPanel } from "./token-panel";
import { TutorialSession } from "./tutorial-session";

type Props = PageProps<"/tutorial">;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [{ lang }, t] = await Promise.all([searchParams, getTranslations("tutorial")]);
  return { title: t("title"), description: t("description"), alternates: translatedAt("/tutorial", lang) };
}

/** A tutorial of the API: the reader runs each step against this server. */
export default async function TutorialPage() {
  const [t, { tutorial }] = await Promise.all([getTranslations("tutorial"), getMessages()]);
  const { APP_URL, PUBLISHABLE_KEY } = env();
  const code = setUpCode(APP_URL, PUBLISHABLE_KEY);
  return (
    <PageShell>
      {/* The publishable key is meant for browsers. No other key is sent to this page. */}
      <TutorialSession apiKey={PUBLISHABLE_KEY} callbackUrl={`${APP_URL}/magic-link`}>
        <div className="with-margin pt-10 lg:pt-16">
          <nav
            aria-label={t("contents")}
            className="hidden text-13 text-muted lg:sticky lg:top-8 lg:block lg:self-start lg:pt-3"
          >
            <ol className="space-y-1.5 tabular-nums">
              {tutorialSteps.map(({ id }, index) => (
                <li key={id}>
                  <a href={`#${id}`}>
                    {index + 1}. {t(`steps.${id}.title`)}
                  </a>
                </li>
              ))}
            </ol>
          </nav>
          <div className="min-w-0">
            <h1 className="text-32 lg:text-44">{t("title")}</h1>
            <p className="mt-4 max-w-[36rem] text-17 text-muted">{t("intro")}</p>
            <p className="mt-4 hidden border-l border-accent pl-3 noscript:block">{t("noScript")}</p>

            <Section id="set-up" title={t("setUpTitle")}>
              <p className="mt-2 max-w-[36rem]">{t("setUp")}</p>
              <div className="mt-4 space-y-4">
                <CodeFigure language="bash" code={code.shell} />
                <CodeFigure language="ts" code={code.typescript} />
              </div>
            </Section>

            <div className="needs-script">
              <AccountForm messages={tutorial.testAccount} />
            </div>

            <ol>
              {tutorialSteps.map((step, index) => (
                <Step key={step.id} step={step} number={index + 1} />
              ))}
            </ol>
            <div className="mt-16 border-t border-rule pt-6">
              {/* part: api-reference */}
              <p>
                {t.rich("afterwards", {
                  docs: (words) => (
                    <Link href="/docs/api" className="link">
                      {words}
                    </Link>
                  ),
                })}
              </p>
              {/* end of part: api-reference */}
              {/* part: guides */}
              <p>
                {t.rich("otherMethods", {
                  guides: (words) => (
                    <Link href="/docs" className="link">
                      {words}
                    </Link>
                  ),
                })}
              </p>
              {/* end of part: guides */}
            </div>
          </div>
        </div>
      </TutorialSession>
    </PageShell>
  );
}

async function Step({ step: { id, curl, typescript }, number }: { step: TutorialStep; number: number }) {
  const [t, { tutorial }] = await Promise.all([getTranslations("tutorial"), getMessages()]);
  return (
    <li aria-labelledby={id} className="mt-12 border-t border-rule pt-6">
      <h2 id={id} className="scroll-mt-6 text-24">
        <span className="mr-2 text-muted tabular-nums">{number}</span>
        {t(`steps.${id}.title`)}
      </h2>
      <p className="mt-2 max-w-[36rem] text-17">{t(`steps.${id}.text`)}</p>
      {(curl || typescript) && (
        <div className="mt-4 space-y-4">
          {curl && <CodeFigure language="bash" code={curl} />}
          {typescript && <CodeFigure language="ts" code={typescript} />}
        </div>
      )}
      <div className="needs-script">
        {id === "tokens" ? (
          <TokenPanel messages={tutorial.tokens} />
        ) : (
          <RunStep step={id} messages={tutorial.requests} />
        )}
        {id === "magicLink" && (
          <OpenLink
            label={t("mailLink")}
            help={t("mailLinkHelp")}
            button={t("openLink")}
            messages={tutorial.requests}
            mailbox={showsDevelopmentPages(await headers()) && t("mailbox")}
          />
        )}
        {id === "signOut" && (
          <RunStep
            step="leave"
            of="signOut"
            isSecondary
            label={t("requests.leave")}
            messages={tutorial.requests}
          />
        )}
      </div>
    </li>
  );
}
