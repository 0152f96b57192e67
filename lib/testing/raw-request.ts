import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";

/** An answer to a request that `fetch` would not send. */
export type RawAnswer = { status: number; headers: NodeJS.Dict<string | string[]>; text: string };

/**
 * Sends a request exactly as given: unusual paths, duplicate headers, bytes in any framing.
 *
 * @param headers as names and values by turns, so that a name may come twice.
 */
export async function sendRaw(
  baseUrl: string,
  {
    method = "GET",
    path,
    headers = [],
    body,
  }: { method?: string; path: string; headers?: string[]; body?: string },
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(baseUrl);
  const sent = request({ hostname, port, method, path, headers: ["Host", host, ...headers] });
  // A server that refuses early may close the connection: the answer below, or its lack, says so.
  sent.on("error", () => {});
  sent.end(body);
  const [response] = await once(sent, "response");
  return { status: response.statusCode, headers: response.headers, text: await text(response) };
}
