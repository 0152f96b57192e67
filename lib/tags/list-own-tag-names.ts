import "server-only";
import { tagListQuery } from "./contract";
import { listTags } from "./list-tags";

/** @returns the names of the tags that a user has made, as many as one can choose from, in order. */
export async function listOwnTagNames(user: { id: string } | null): Promise<string[]> {
  if (!user) return [];
  const andFilters = JSON.stringify({ createdBy: user.id });
  const query = tagListQuery.parse({ andFilters, sortBy: "name", sortDirection: "asc", limit: "100" });
  return (await listTags(query)).items.map(({ name }) => name);
}
