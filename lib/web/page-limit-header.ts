/** The header in which `proxy.ts` tells server actions that the client is beyond its limit, and for how many seconds. */
export const retryAfterHeader = "x-retry-after";
