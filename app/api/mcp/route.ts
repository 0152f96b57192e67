import { answerMcp, rejectMcp } from "@/lib/mcp/answer-mcp";

export const POST = answerMcp;

export const GET = rejectMcp;
export const PUT = rejectMcp;
export const PATCH = rejectMcp;
export const DELETE = rejectMcp;
export const OPTIONS = rejectMcp;
