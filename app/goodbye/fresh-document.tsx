"use client";

import { useEffect } from "react";

/**
 * Loads this page as a document of its own, where it took the place of another within one: the source of that one
 * names the account, and so do the pages in memory.
 */
export function FreshDocument() {
  useEffect(() => {
    const [loaded] = performance.getEntriesByType("navigation");
    if (loaded && new URL(loaded.name).pathname !== window.location.pathname) window.location.reload();
  }, []);
  return null;
}
