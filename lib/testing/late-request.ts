import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import type { RawResponse } from "./raw-request";

/** A request whose headers, and half of whose body, have been sent. */
export type LateRequest = {
  /** Sends the rest of the body. @returns the response. */
  finish(): Promise<RawResponse & { code: string | undefined }>;
  /** Waits until the server closes the connection. @returns its response to the incomplete request. */
  cutOff(): Promise<RawResponse & { code: string | undefined }>;
};

/** Starts a request and delays the second half of its body. */
export async function beginRequest(
  address: string,
  { method, headers, body }: { method: string; headers: Record<string, string>; body: string | Uint8Array },
): Promise<LateRequest> {
  const bytes = Buffer.from(body);
  const sent = request(address, { method, headers: { ...headers, "Content-Length": bytes.length } });
  sent.on("error", () => {});
  const responseReceived = once(sent, "response").then(async ([response]) => {
    const content = await text(response);
    const isJson = response.headers["content-type"]?.includes("json");
    return {
      status: response.statusCode,
      headers: response.headers,
      text: content,
      code: isJson ? JSON.parse(content).error?.code : undefined,
    };
  });
  // `finish` and `cutOff` report the error.
  responseReceived.catch(() => {});
  const closed = once(sent, "close");
  const half = Math.floor(bytes.length / 2);
  await new Promise<void>((resolve, reject) => {
    sent.write(bytes.subarray(0, half), (error) => (error ? reject(error) : resolve()));
  });
  return {
    finish() {
      sent.end(bytes.subarray(half));
      return responseReceived;
    },
    async cutOff() {
      await closed;
      return responseReceived;
    },
  };
}
