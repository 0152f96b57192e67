import { isTokenPair, type TokenPair } from "@/lib/client/bkend-fetch";

/** The properties of an endpoint that are needed to send it a request. */
export type TriedOperation = {
  method: string;
  path: string;
  parameters: { name: string; place: "path" | "query"; isRequired: boolean }[];
  /** Whether the request body is a file. */
  takesFile: boolean;
  /** The example of a JSON body; undefined if the endpoint takes none. */
  body: string | undefined;
  takesKey: boolean;
  takesToken: boolean;
};

/** What the user has entered. */
export type Entered = { values: Record<string, string>; body: string; file: File | null };

/** `null` for a redirect, whose response scripts cannot read. */
export type ApiResponse = {
  status: string;
  headers: [string, string][];
  body: string;
  tokens: TokenPair | null;
} | null;

/**
 * Sends a request to this server.
 *
 * @throws TypeError if there is no response.
 */
export async function sendRequest(
  { method, path, parameters, body: example, takesKey, takesToken }: TriedOperation,
  { values, body, file }: Entered,
  { apiKey, accessToken }: { apiKey: string; accessToken: string },
): Promise<ApiResponse> {
  const headers = new Headers({ "Accept-Language": document.documentElement.lang });
  if (takesKey) headers.set("X-API-Key", apiKey);
  if (takesToken && accessToken) headers.set("Authorization", `Bearer ${accessToken}`);
  if (example !== undefined) headers.set("Content-Type", "application/json");
  if (file) headers.set("Content-Type", file.type);
  const response = await fetch(requestPath(path, parameters, values), {
    method,
    headers,
    redirect: "manual",
    credentials: "omit",
    ...(example !== undefined && { body }),
    ...(file && { body: file }),
  });
  if (response.type === "opaqueredirect") return null;
  const text = await response.text();
  const answer: unknown = isJson(text) ? JSON.parse(text) : undefined;
  return {
    status: `${response.status} ${response.statusText}`.trim(),
    headers: [...response.headers],
    body: answer === undefined ? text : JSON.stringify(answer, null, 2),
    tokens: isTokenPair(answer) ? answer : null,
  };
}

/** @returns whether a text is valid JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Always a path on this server: each value is encoded as one path segment or one query parameter. */
function requestPath(
  path: string,
  parameters: TriedOperation["parameters"],
  values: Record<string, string>,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const query = new URLSearchParams(
    parameters.flatMap(({ name, place }) => {
      const value = values[name];
      return place === "query" && value ? [[name, value]] : [];
    }),
  );
  return `/api${filled}${query.size > 0 ? `?${query}` : ""}`;
}
