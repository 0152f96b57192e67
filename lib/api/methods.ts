/** The methods that Next.js passes to a route. */
export const routeMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** The header in which `normalize-requests.ts` passes a method that no route offers. */
export const unsupportedMethodHeader = "x-unsupported-method";
