"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";

/** Follows the links of `Link` by the router, so that a page takes the place of another without loading the site anew. */
export function RouterLinks() {
  const router = useRouter();

  useEffect(() => {
    function follow(event: MouseEvent): void {
      const link = event.target instanceof Element ? event.target.closest("a[data-router]") : null;
      if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
      // A new tab or window, a download.
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const path = safeRedirectPath(link.pathname + link.search + link.hash, "");
      if (!path) return;
      event.preventDefault();
      router.push(path);
    }
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, [router]);

  return null;
}
