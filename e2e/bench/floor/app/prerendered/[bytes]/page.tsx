import { Words } from "../../words";

type Props = { params: Promise<{ bytes: string }> };

export const dynamicParams = false;

export function generateStaticParams(): { bytes: string }[] {
  const { HOME_BYTES = "0", ARTICLE_BYTES = "0" } = process.env;
  return [...new Set([HOME_BYTES, ARTICLE_BYTES])].map((bytes) => ({ bytes }));
}

/** A page that Next.js rendered at build time. */
export default async function Page({ params }: Props) {
  return <Words bytes={Number((await params).bytes)} />;
}
