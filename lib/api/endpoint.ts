import "server-only";
import { z } from "zod";
import { type Actor, actorOf } from "@/lib/access/actor";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { type Client, clientOf } from "@/lib/core/client";
import type { Contract } from "@/lib/core/contract";
import { AppError, type ErrorCode } from "@/lib/core/errors";
import { limit, requestPoints } from "@/lib/core/rate-limit";
import { isNavigation } from "@/lib/web/navigation";
import { identifyKey } from "./api-key";
import { corsHeaders, preflight } from "./cors";
import { unsupportedMethodHeader } from "./methods";
import { authenticateAndReadBody, type RouteContext, readInput } from "./read-request";
import { empty, json, toErrorResponse } from "./responses";

type OutputOf<Schema, Otherwise> = Schema extends z.ZodType ? z.output<Schema> : Otherwise;

/** The input of a handler: validated, and independent of HTTP. */
export type Call<C extends Contract> = {
  params: OutputOf<C["params"], Record<string, never>>;
  query: OutputOf<C["query"], Record<string, never>>;
  body: OutputOf<C["body"], undefined>;
  client: Client;
  actor: Actor;
  user: C["access"] extends "user" ? CurrentUser : CurrentUser | null;
};

/** A response that redirects a browser. */
export class Redirection {
  constructor(readonly location: string) {}
}

/** An endpoint: its contract and its request handler. */
export type Endpoint = {
  contract: Contract;
  respond: (request: Request, context: RouteContext, client: Client) => Promise<Response>;
};

/**
 * Puts a domain function behind a contract: checks the key, the limits, the bearer token and the input in that
 * order, calls the function, and encodes the result by the contract, so that undeclared fields are never exposed.
 *
 * @param handle returns the contract's output or a `Redirection`, or throws an `AppError`.
 */
export function endpoint<const C extends Contract>(
  contract: C,
  handle: (call: Call<C>) => Promise<z.output<C["success"]["body"]> | Redirection>,
): Endpoint {
  return {
    contract,
    async respond(request, context, client) {
      if (contract.isAction && !isNavigation(request.headers))
        throw new AppError("common/navigation-required");
      const key = contract.access === "open" ? { isSecret: false } : identifyKey(request.headers);
      await limit("request", client.ip, { points: requestPoints(new URL(request.url)) });
      if (contract.addressLimit) await limit(contract.addressLimit, client.ip);
      const { user, content } = await authenticateAndReadBody(contract, request, key.isSecret);

      const input = await readInput(contract, request, context, content);
      const call = { ...input, client, user, actor: actorOf(user, key.isSecret) };
      // The contract determines both the type of the input and whether there is a user. The compiler cannot follow
      // that link where a type is computed from a type parameter.
      const result = await handle(call as unknown as Call<C>);

      if (result instanceof Redirection) {
        return empty(302, client, { Location: result.location, "Referrer-Policy": "no-referrer" });
      }
      return json(contract.success.status, z.encode(contract.success.body, result), client);
    },
  };
}

/**
 * Puts a function that returns bytes behind a contract. It creates the response itself; its errors are handled like
 * those of other endpoints.
 *
 * @param options.isUnlimited for files that a page loads by the dozen, such as scripts and fonts.
 */
export function bytesEndpoint<const C extends Contract & { access: "open" }>(
  contract: C,
  handle: (call: Pick<Call<C>, "params" | "query"> & { request: Request }) => Promise<Response>,
  { isUnlimited = false }: { isUnlimited?: boolean } = {},
): Endpoint {
  return {
    contract,
    async respond(request, context, client) {
      if (!isUnlimited) await limit("request", client.ip);
      const { params, query } = await readInput(contract, request, context);
      // As in `endpoint`: the compiler cannot tell which schema validated the input.
      const call = { params, query, request } as unknown as Pick<Call<C>, "params" | "query"> & {
        request: Request;
      };
      const response = await handle(call);
      response.headers.set("X-Content-Type-Options", "nosniff");
      response.headers.set("X-Request-Id", client.requestId);
      return response;
    },
  };
}

type Method = Contract["method"];
type Handler = (request: Request, context: RouteContext) => Promise<Response>;
type Handlers = Record<Method | "HEAD" | "OPTIONS", Handler>;

/** In the order of the `Allow` header. */
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;

/**
 * The handlers of a route. Methods that it does not offer get an error response of the API.
 *
 * @example export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: endpoint(…) });
 */
export function route(endpoints: Partial<Record<Method, Endpoint>>): Handlers {
  const { GET } = endpoints;
  return handlersOf({ ...endpoints, ...(GET && { HEAD: headOf(GET) }) }, "common/method-not-allowed");
}

/** The handlers of addresses that do not exist. */
export function notFoundRoute(
  code: "common/navigation-required" | "common/not-found" | "data/table-not-found",
): Handlers {
  return handlersOf({}, code);
}

/** The response of `GET` without its body; where `GET` has side effects, it is not called. */
function headOf(endpoint: Endpoint): Endpoint {
  if (!endpoint.contract.isAction) return endpoint;
  return { ...endpoint, respond: async (_request, _context, client) => empty(200, client) };
}

/** @param otherwise the error for a method without an endpoint. */
function handlersOf(endpoints: Partial<Record<Method | "HEAD", Endpoint>>, otherwise: ErrorCode): Handlers {
  const allow = [...methods.filter((method) => endpoints[method]), "OPTIONS"].join(", ");
  const handlerOf = (method: Method | "HEAD"): Handler => {
    return async (request, context) => {
      const client = clientOf(request.headers);
      const endpoint = request.headers.has(unsupportedMethodHeader) ? undefined : endpoints[method];
      const result = endpoint?.respond(request, context, client) ?? Promise.reject(new AppError(otherwise));
      const response = await result.catch((error: unknown) => toErrorResponse(error, request, client));
      if (response.status === 405) response.headers.set("Allow", allow);
      for (const [name, value] of corsHeaders(request)) response.headers.append(name, value);
      return response;
    };
  };
  const answerPreflight: Handler = async (request) => preflight(request, allow);
  return {
    GET: handlerOf("GET"),
    HEAD: handlerOf("HEAD"),
    POST: handlerOf("POST"),
    PUT: handlerOf("PUT"),
    PATCH: handlerOf("PATCH"),
    DELETE: handlerOf("DELETE"),
    OPTIONS: answerPreflight,
  };
}
