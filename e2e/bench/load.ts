import autocannon, { type Request as CannonRequest, type Result } from "autocannon";

/** A request to send. `{unique}` in the body is replaced by a new text each time. */
export type LoadRequest = {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: string;
};

export type Load = {
  url: string;
  seconds: number;
  /** The requests that each connection repeats. */
  connections: LoadRequest[][];
  /** This field of each response replaces `{follow}` in the connection's next body. */
  follow?: { field: string; first: string[] };
};

export type LoadResult = {
  perSecond: number;
  /** In milliseconds. */
  p50: number;
  p95: number;
  p99: number;
  /** Responses with 4xx or 5xx, and requests without a response. */
  failures: number;
};

// Runs in a separate process, so that sending does not slow down what is measured.
process.once("message", (load: Load) => {
  run(load).then(
    (result) => process.send?.(result, () => process.exit()),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function run({ url, seconds, connections, follow }: Load): Promise<LoadResult> {
  const durations: number[] = [];
  let opened = 0;
  const result = await new Promise<Result>((resolve, reject) => {
    const cannon = autocannon(
      {
        url,
        connections: connections.length,
        duration: seconds,
        // In seconds. 64 clients wait long for a single hash worker.
        timeout: 120,
        setupClient(client) {
          const requests = connections[opened] ?? [];
          const chain = follow && { field: follow.field, next: follow.first[opened] ?? "" };
          opened += 1;
          client.setRequests(requests.map((request) => toCannon(request, chain)));
        },
      },
      (error, result) => (error ? reject(error) : resolve(result)),
    );
    cannon.on("response", (_client, _status, _bytes, milliseconds) => durations.push(milliseconds));
  });

  durations.sort((a, b) => a - b);
  const percentile = (share: number) => durations[Math.floor(durations.length * share)] ?? Number.NaN;
  return {
    perSecond: durations.length / result.duration,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
    // A 304 counts as a success.
    failures: result["4xx"] + result["5xx"] + result.errors,
  };
}

type Chain = { field: string; next: string };

function toCannon({ method, path, headers, body }: LoadRequest, chain: Chain | undefined): CannonRequest {
  const isFixed = body === undefined || (!chain && !body.includes("{unique}"));
  if (isFixed) return { method, path, headers, body };
  return {
    method,
    path,
    headers,
    body,
    setupRequest: (request) => ({
      ...request,
      body: body.replace("{unique}", crypto.randomUUID()).replace("{follow}", chain?.next ?? ""),
    }),
    onResponse(_status, responseBody) {
      if (chain) chain.next = JSON.parse(responseBody)[chain.field] ?? chain.next;
    },
  };
}
