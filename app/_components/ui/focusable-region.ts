/** What scrolls in itself must be reachable without a mouse; not every browser sees to it. */
export const focusableRegion = { tabIndex: 0 };
