import { answerMcp, refuseMcp } from "@/lib/mcp/answer-mcp";

export const POST = answerMcp;

export const GET = refuseMcp;
export const PUT = refuseMcp;
export const PATCH = refuseMcp;
export const DELETE = refuseMcp;
export const OPTIONS = refuseMcp;
