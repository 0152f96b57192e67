/**
 * Makes a value once a process. Next.js bundles pages, routes, the proxy and the start of the server apart, and the
 * development server reloads modules: a variable of a module would exist several times.
 */
export function perProcess<Value>(name: string, make: () => Value): Value {
  const kept = globalThis as typeof globalThis & { blog?: Map<string, unknown> };
  kept.blog ??= new Map();
  if (!kept.blog.has(name)) kept.blog.set(name, make());
  // Each name has one caller, and so one type.
  return kept.blog.get(name) as Value;
}
