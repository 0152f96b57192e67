import { useEffect, useEffectEvent } from "react";

/**
 * Asks before the user leaves the page with unsaved changes.
 *
 * @param question asked before a link of this site is followed. Before the window closes, the browser asks its own.
 */
export function useLeaveGuard(hasUnsavedChanges: () => boolean, question: string): void {
  const mustAsk = useEffectEvent(hasUnsavedChanges);
  const mayLeave = useEffectEvent(() => window.confirm(question));

  useEffect(() => {
    const askBeforeUnload = (event: BeforeUnloadEvent) => {
      if (mustAsk()) event.preventDefault();
    };
    // Listens in the capture phase, before React and Next.js handle the click.
    const askBeforeLink = (event: MouseEvent) => {
      if (!mustAsk() || !leadsAway(event) || mayLeave()) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("beforeunload", askBeforeUnload);
    window.addEventListener("click", askBeforeLink, true);
    return () => {
      window.removeEventListener("beforeunload", askBeforeUnload);
      window.removeEventListener("click", askBeforeLink, true);
    };
  }, []);
}

/** Whether a click opens another page of this site in the same window. */
function leadsAway(event: MouseEvent): boolean {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.href || link.target === "_blank" || link.dataset.keepsDraft !== undefined) return false;
  // A link to another site unloads the page, so the browser asks.
  return link.origin === location.origin && link.pathname !== location.pathname;
}
