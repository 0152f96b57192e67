import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { Prose } from "@/app/_components/articles/prose";
import { translatedAt } from "@/app/_components/layout/alternates";
import { PageShell } from "@/app/_components/layout/page-shell";
import { DisclosureIcon } from "@/app/_components/ui/disclosure-icon";
import { guideTree } from "@/lib/docs/guide-tree";
import { type Guide, guidePaths, readGuide } from "@/lib/docs/guides";
import { GuideLinks } from "../guide-links";

type Props = PageProps<"/docs/[...path]">;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ lang }, guide] = await Promise.all([searchParams, requireGuide(params)]);
  return { title: guide.title, alternates: translatedAt(`/docs/${guide.path}`, lang) };
}

export default async function GuidePage({ params }: Props) {
  const [guide, t] = await Promise.all([requireGuide(params), getTranslations("guides")]);
  return (
    <PageShell>
      <div className="with-margin pt-10 lg:pt-16">
        <nav
          aria-label={t("title")}
          className="hidden text-13 text-muted lg:sticky lg:top-8 lg:row-span-2 lg:block lg:self-start lg:pt-3"
        >
          <GuideLinks current={guide.path} />
        </nav>
        <article className="min-w-0">
          <h1 className="mb-8 text-32 lg:text-44">{guide.title}</h1>
          <details className="mb-8 lg:hidden">
            <summary className="target gap-2 font-semibold">
              <DisclosureIcon />
              {t("title")}
            </summary>
            <nav aria-label={t("title")}>
              <GuideLinks current={guide.path} />
            </nav>
          </details>
          <Prose tree={await guideTree(guide)} />
        </article>
      </div>
    </PageShell>
  );
}

async function requireGuide(params: Props["params"]): Promise<Guide> {
  const [{ path }, locale] = await Promise.all([params, getLocale()]);
  const known = guidePaths.find((candidate) => candidate === path.join("/"));
  return known ? readGuide(known, locale) : notFound();
}
