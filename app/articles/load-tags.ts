import "server-only";
import { cache } from "react";
import { findTags } from "@/lib/tags/find-tags";

/** Finds the tags of an article, once a request: the page and its data for machines show the same list. */
export const loadTags = cache(findTags);
