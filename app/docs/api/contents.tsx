import { getLocale, getTranslations } from "next-intl/server";
import { type Group, groupName } from "./operation-groups";
import { summaryOf } from "./summaries";

/** Links to every endpoint of the page. */
export async function Contents({ groups }: { groups: Group[] }) {
  const [t, locale] = await Promise.all([getTranslations("apiDocs"), getLocale()]);
  return groups.map(({ group, operations }) => (
    <div key={group} className="mt-5 first:mt-0">
      <a href={`#group-${group}`} className="block py-1 font-semibold text-ink">
        {groupName(group, t)}
      </a>
      <ol>
        {operations.map((operation) => {
          const { words, language } = summaryOf(operation, locale);
          return (
            <li key={operation.id}>
              <a href={`#${operation.id}`} lang={language} className="block py-1.5 lg:py-1">
                {words}
              </a>
            </li>
          );
        })}
      </ol>
    </div>
  ));
}
