import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "@20minutes/s3rver";
import { freePort } from "./free-port";

/** A running S3 server, and the settings of a blog that uses it. */
export type S3Server = {
  settings: Record<string, string>;
  /** The URL of its bucket, which is publicly readable. */
  bucketUrl: string;
  /** Can be called more than once. */
  stop(): Promise<void>;
};

const bucket = "pictures";

/** Allows uploads from browsers on any origin. */
const cors = `<CORSConfiguration><CORSRule>
  <AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod>
  <AllowedHeader>*</AllowedHeader></CORSRule></CORSConfiguration>`;

/** Starts an S3 server on a free port, with one empty bucket. It checks signatures as AWS does. */
export async function startS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), "s3-"));
  const port = await freePort();
  const server = new S3rver({
    address: "127.0.0.1",
    port,
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: bucket, configs: [cors] }],
  });
  await server.run();
  let isRunning = true;
  const endpoint = `http://localhost:${port}`;
  return {
    settings: {
      S3_BUCKET: bucket,
      S3_REGION: "us-east-1",
      S3_ENDPOINT: endpoint,
      // The default account of s3rver.
      S3_ACCESS_KEY_ID: "S3RVER",
      S3_SECRET_ACCESS_KEY: "S3RVER",
    },
    bucketUrl: `${endpoint}/${bucket}`,
    async stop() {
      if (!isRunning) return;
      isRunning = false;
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
