/** A scrollable element must be reachable by keyboard; not every browser makes it focusable. */
export const focusableRegion = { tabIndex: 0 };
