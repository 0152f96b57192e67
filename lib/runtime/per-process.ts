/**
 * Makes a value once per process. Next.js bundles pages, routes, the proxy and the server's start separately, and the
 * development server reloads modules, so a module's variable would exist several times.
 */
export function perProcess<Value>(name: string, make: () => Value): Value {
  const kept = globalThis as typeof globalThis & { blog?: Map<string, unknown> };
  kept.blog ??= new Map();
  if (!kept.blog.has(name)) kept.blog.set(name, make());
  // Each name has one caller, and so one type.
  return kept.blog.get(name) as Value;
}
