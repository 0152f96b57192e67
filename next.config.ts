import type { NextConfig } from "next";
import { PHASE_PRODUCTION_SERVER } from "next/constants";

const nextConfig: NextConfig = {
  // Pages and routes are loaded at their first request, so that unused pages take no memory.
  experimental: { preloadEntriesOnStart: false },
  // The development server must not write its own instructions into `AGENTS.md`.
  agentRules: false,
  // A link to a page that does not exist is a type error.
  typedRoutes: true,
  poweredByHeader: false,
  // part: containers
  // Only for the container image; `npm start` serves the ordinary build.
  ...(process.env.NEXT_OUTPUT === "standalone" && { output: "standalone" }),
  // end of part: containers
  // Files that the server reads at run time. Hosts that deploy only traced imports would omit them.
  outputFileTracingIncludes: {
    // part: mcp
    "/api/mcp": [
      "README.md",
      "README.ko.md", // part: korean
      "AGENTS.md",
      "app/docs/**/*.md", // part: guides
    ],
    // end of part: mcp
    "/docs/*": ["app/docs/**/*.md"], // part: guides
    "/*": ["prisma/migrations/**/*"],
  },
  // Not bundled, so that Prisma, the pool and the rate limits share one copy of the driver.
  serverExternalPackages: ["pg", "@prisma/adapter-pg", "@prisma/client", "rate-limiter-flexible", "bcryptjs"],
  // Without the image optimizer, which could be abused to request other or internal hosts (SSRF).
  images: { unoptimized: true },
};

export default async function configure(phase: string): Promise<NextConfig> {
  // The plugin tells the bundler where the messages are. A production server would only load its compiler for nothing.
  if (phase === PHASE_PRODUCTION_SERVER) return nextConfig;
  const { default: createNextIntlPlugin } = await import("next-intl/plugin");
  return createNextIntlPlugin("./lib/web/intl-request.ts")(nextConfig);
}
