import "server-only";
import { filterBy } from "@/lib/lists/filters";
import { tagListQuery } from "./contract";
import { listTags } from "./list-tags";

/** @returns the names of up to 100 tags that the user has created, in alphabetical order. */
export async function listOwnTagNames(user: { id: string } | null): Promise<string[]> {
  if (!user) return [];
  const query = tagListQuery.parse({ sortBy: "name", sortDirection: "asc", limit: "100" });
  const own = { ...query, andFilters: filterBy({ createdBy: user.id }) };
  return (await listTags(own)).items.map(({ name }) => name);
}
