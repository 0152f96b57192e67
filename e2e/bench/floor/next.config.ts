import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

const nextConfig: NextConfig = {
  poweredByHeader: false,
  serverExternalPackages: ["pg"],
  // Resolves packages from the project's node_modules.
  turbopack: { root: fileURLToPath(new URL("../../..", import.meta.url)) },
  // The project's type check covers this folder.
  typescript: { ignoreBuildErrors: true },
};

export default nextConfig;
