import { getLocale } from "next-intl/server";
import { Link } from "@/app/_components/ui/link";
import { type GuidePath, guidePaths, readGuide } from "@/lib/docs/guides";

/** Links to the guides; on the pages of the decisions also to each decision record. */
export async function GuideLinks({ current }: { current?: GuidePath }) {
  const locale = await getLocale();
  const isShown = (path: GuidePath) => !path.includes("/") || current?.startsWith("decisions");
  const guides = await Promise.all(guidePaths.filter(isShown).map((path) => readGuide(path, locale)));
  return (
    <ul>
      {guides.map(({ path, title }) => (
        <li key={path} className={path.includes("/") ? "pl-3" : ""}>
          <Link
            href={`/docs/${path}`}
            aria-current={path === current ? "page" : undefined}
            className="block py-1.5 aria-[current]:font-semibold aria-[current]:text-ink lg:py-1"
          >
            {title}
          </Link>
        </li>
      ))}
    </ul>
  );
}
