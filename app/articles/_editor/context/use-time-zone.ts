import { useIsHydrated } from "@/app/_components/forms/use-is-hydrated";

/** @returns the browser's time zone, or the site's on the server and without JavaScript. */
export function useTimeZone(siteTimeZone: string): string {
  return useIsHydrated() ? Intl.DateTimeFormat().resolvedOptions().timeZone : siteTimeZone;
}
