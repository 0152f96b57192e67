import type { getTranslations } from "next-intl/server";
import type { ApiOperation } from "@/lib/docs/api-reference";

/** The endpoints of one group of the API. */
export type Group = { group: string; operations: ApiOperation[] };

/** @returns the groups of the API in the order of their first endpoints. */
export function groupsOf(operations: ApiOperation[]): Group[] {
  const names = [...new Set(operations.map(({ group }) => group))];
  return names.map((group) => ({
    group,
    operations: operations.filter((operation) => operation.group === group),
  }));
}

type Translate = Awaited<ReturnType<typeof getTranslations<"apiDocs">>>;

const titledGroups = ["auth", "users", "data", "files", "storage"] as const;

/** @returns the title of a group, or the first segment of its paths if it has no title. */
export function groupName(group: string, t: Translate): string {
  const name = titledGroups.find((candidate) => candidate === group);
  return name ? t(`groups.${name}`) : group;
}
