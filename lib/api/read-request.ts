import "server-only";
import { z } from "zod";
import { type CurrentUser, requireBearerUser } from "@/lib/auth/sessions/current-user";
import { type Contract, invalidInputCode } from "@/lib/core/contract";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { beginJson } from "./body";

/** The second argument that Next.js passes to a route handler. */
export type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/**
 * Authenticates the caller and reads the body. If the body was incomplete when the caller was looked up, they are
 * looked up again once it is complete: they may have been signed out, banned or demoted before its last byte.
 *
 * @throws AppError for an invalid token, and for a body that is not JSON.
 */
export async function authenticateAndReadBody(
  contract: Contract,
  request: Request,
  isSecret: boolean,
): Promise<{ user: CurrentUser | null; content: unknown }> {
  const body = contract.body && !hasOmittedBody(contract, request) ? await beginJson(request) : null;
  const wasComplete = body?.isComplete() ?? true;
  const user = await getRequestUser(contract, request, isSecret);
  const content = body ? await body.read() : {};
  return { user: wasComplete ? user : await getRequestUser(contract, request, isSecret), content };
}

/** A `POST` whose fields are all optional may come without a body and a media type. */
function hasOmittedBody({ method, body }: Contract, { headers }: Request): boolean {
  const isEmpty = !headers.has("transfer-encoding") && Number(headers.get("content-length") ?? 0) === 0;
  return method === "POST" && isEmpty && !headers.has("content-type") && body?.safeParse({}).success === true;
}

async function getRequestUser(
  contract: Contract,
  request: Request,
  isSecret: boolean,
): Promise<CurrentUser | null> {
  if (contract.access === "open" || contract.access === "public") return null;

  const authorization = request.headers.get("authorization");
  if (authorization !== null) return requireBearerUser(authorization);

  if (contract.access === "guest" || (contract.access === "member" && isSecret)) return null;
  throw new AppError("auth/unauthorized");
}

/**
 * Validates the parameters, the query and the body by the contract.
 *
 * @param content of the body, from `authenticateAndReadBody`.
 * @throws AppError with the contract's code for invalid input.
 */
export async function readInput(
  contract: Contract,
  request: Request,
  context: RouteContext,
  content?: unknown,
) {
  const errorCode = invalidInputCode(contract);
  const body = contract.body && parseInput(shapeOf(contract.body, content), content, errorCode);
  const query =
    contract.query &&
    parseInput(contract.query, Object.fromEntries(new URL(request.url).searchParams), errorCode);
  const params = contract.params?.safeParse(await context.params);
  if (params && !params.success) throw new AppError(contract.notFound ?? "common/not-found");
  return { body, query: query ?? {}, params: params?.data ?? {} };
}

/** Of several shapes, the one that the input names, otherwise the first, so that its other fields are checked too. */
function shapeOf(schema: NonNullable<Contract["body"]>, input: unknown): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema;
  const [first, ...others] = schema.options;
  const key = schema.def.discriminator;
  const named = others.find(
    ({ shape }) => z.object({ [key]: shape[key] ?? z.never() }).safeParse(input).success,
  );
  return named ?? first ?? z.strictObject({});
}
