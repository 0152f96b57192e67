"use client";

import { useEffect } from "react";

/**
 * Reloads this page as a new document after a client-side navigation: the source of the previous document and the
 * pages in memory contain the account's data.
 */
export function FreshDocument() {
  useEffect(() => {
    const [loaded] = performance.getEntriesByType("navigation");
    if (loaded && new URL(loaded.name).pathname !== window.location.pathname) window.location.reload();
  }, []);
  return null;
}
