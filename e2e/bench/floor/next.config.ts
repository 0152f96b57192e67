import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

const nextConfig: NextConfig = {
  poweredByHeader: false,
  serverExternalPackages: ["pg"],
  // The packages are the project's own.
  turbopack: { root: fileURLToPath(new URL("../../..", import.meta.url)) },
  // The project's own check of types covers this folder.
  typescript: { ignoreBuildErrors: true },
};

export default nextConfig;
