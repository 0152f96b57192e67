"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";

/** Follows clicks on a `Link` with the router, so that the browser does not load a new document. */
export function RouterLinks() {
  const router = useRouter();

  useEffect(() => {
    function follow(event: MouseEvent): void {
      const link = event.target instanceof Element ? event.target.closest("a[data-router]") : null;
      if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
      // Opens a new tab or window, or downloads.
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
