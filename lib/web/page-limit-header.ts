/** The header by which `proxy.ts` tells server actions that the client exceeded its limit; its value is in seconds. */
export const retryAfterHeader = "x-retry-after";
