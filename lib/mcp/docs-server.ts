import "server-only";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { site } from "@/lib/config/site";
import { findDocs } from "./docs-library";
import { docsPage } from "./docs-page";
import { getProjectContext, projectContext } from "./project-context";

const question = z
  .string()
  .trim()
  .min(1)
  .max(400)
  .describe("What you want to build or know, such as “build sign-in”.");

/**
 * Creates a Model Context Protocol server with two read-only tools: `search_docs` and `get_context`. It is stateless,
 * so each request gets a new one.
 *
 * @see https://modelcontextprotocol.io/specification
 */
export function createDocsServer(): McpServer {
  const server = new McpServer(
    { name: `${site.name.en} documentation`, version: "1.0.0" },
    {
      instructions:
        "Documentation of a blog with a REST API. Call get_context once for the address, headers and rules, then search_docs for the endpoint or guide that you need.",
    },
  );

  server.registerTool(
    "search_docs",
    {
      title: "Search the documentation",
      description:
        "Finds endpoints (fields, errors, examples in curl and TypeScript) and sections of this project's guides.",
      inputSchema: { query: question, limit: z.int().min(1).max(10).default(5) },
      outputSchema: { results: z.array(docsPage) },
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    async ({ query, limit }) => {
      const results = await findDocs(query, limit);
      const text = results.map((page) => `${page.text}\n\n(${page.address})`).join("\n\n---\n\n");
      return {
        content: [{ type: "text", text: text || "Nothing about this. Try other words." }],
        structuredContent: { results },
      };
    },
  );

  server.registerTool(
    "get_context",
    {
      title: "Where the API is and what holds everywhere",
      description:
        "The API's base address, the headers of each call, and the rules that hold for all endpoints.",
      inputSchema: {},
      outputSchema: projectContext.shape,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    async () => {
      const answer = getProjectContext();
      return {
        content: [{ type: "text", text: JSON.stringify(answer, null, 2) }],
        structuredContent: answer,
      };
    },
  );

  return server;
}
