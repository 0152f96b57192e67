import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";

/** The response to a request that `fetch` would not send. */
export type RawResponse = { status: number; headers: NodeJS.Dict<string | string[]>; text: string };

/**
 * Sends a request exactly as given: unusual paths, duplicate headers, bytes in any framing.
 *
 * @param headers alternating names and values, so that a name can occur twice.
 */
export async function sendRaw(
  baseUrl: string,
  {
    method = "GET",
    path,
    headers = [],
    body,
  }: { method?: string; path: string; headers?: string[]; body?: string },
): Promise<RawResponse> {
  const { hostname, port, host } = new URL(baseUrl);
  const sent = request({ hostname, port, method, path, headers: ["Host", host, ...headers] });
  // A server that rejects early may close the connection. The missing response below reports that.
  sent.on("error", () => {});
  sent.end(body);
  const [response] = await once(sent, "response");
  return { status: response.statusCode, headers: response.headers, text: await text(response) };
}
