import "server-only";
import { cache } from "react";
import { findTags } from "@/lib/tags/find-tags";

/** Finds the tags of an article, once per request: the page and its structured data show the same list. */
export const loadTags = cache(findTags);
