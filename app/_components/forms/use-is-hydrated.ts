import { useSyncExternalStore } from "react";

/** @returns whether the component is hydrated: false on the server and while React hydrates its HTML. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(subscribeToNothing, isTrue, isFalse);
}

const subscribeToNothing = () => () => {};
const isTrue = () => true;
const isFalse = () => false;
