import type { NextConfig } from "next";
import { PHASE_PRODUCTION_SERVER } from "next/constants";

const nextConfig: NextConfig = {
  // Pages and routes are loaded when they are first asked for: a server does not hold unopened pages in memory.
  experimental: { preloadEntriesOnStart: false },
  // `AGENTS.md` is ours: the development server does not write instructions of its own into it.
  agentRules: false,
  // A link to a page that does not exist is a type error.
  typedRoutes: true,
  poweredByHeader: false,
  // part: containers
  // The image is built with it; `npm start` serves the ordinary build.
  ...(process.env.NEXT_OUTPUT === "standalone" && { output: "standalone" }),
  // end of part: containers
  // Read while serving, so a host that takes along only what it sees imported has to be told.
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
  // Loaded from node_modules as they are: one copy of the driver for Prisma, the pool and the limits.
  serverExternalPackages: ["pg", "@prisma/adapter-pg", "@prisma/client", "rate-limiter-flexible", "bcryptjs"],
  // Pictures are shown as they are stored, so there is no resizer that could be sent to foreign or inner hosts.
  images: { unoptimized: true },
};

export default async function configure(phase: string): Promise<NextConfig> {
  // The plugin tells the bundler where the messages are. A server that is built already would only carry its compiler.
  if (phase === PHASE_PRODUCTION_SERVER) return nextConfig;
  const { default: createNextIntlPlugin } = await import("next-intl/plugin");
  return createNextIntlPlugin("./lib/web/intl-request.ts")(nextConfig);
}
