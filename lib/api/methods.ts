/** The methods that Next.js hands to a route. */
export const routeMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** The header in which `start-server.ts` hands on that a request came by another method, which no route offers. */
export const unsupportedMethodHeader = "x-strange-method";
