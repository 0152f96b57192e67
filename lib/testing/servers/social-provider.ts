import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { z } from "zod";

/** The OAuth client of the app at both providers. */
export const socialClient = { id: "blog-under-test", secret: "canary-client-secret" } as const;

const person = z.object({
  /** Digits only, since GitHub's ids are numbers. */
  id: z.string().regex(/^\d+$/),
  name: z.string().nullish(),
  email: z.string().nullish(),
  isVerified: z.boolean().default(true),
  picture: z.string().optional(),
});

/** A user who has an account at the provider. */
export type SocialPerson = z.input<typeof person>;

const faults = [
  // The provider does not respond, responds with an error, with something that is not JSON, or with an empty object.
  "hang",
  "error",
  "nonsense",
  "nothing",
  // The ID token is not valid for this app.
  "wrong-audience",
  "wrong-issuer",
  "wrong-nonce",
  "expired",
  "unsigned",
  "signed-with-our-secret",
  "wrong-signing-key",
] as const;

export type SocialFault = (typeof faults)[number];

const grant = z.object({
  kind: z.enum(["google", "github"]),
  person,
  redirectUri: z.string().default(""),
  codeChallenge: z.string().optional(),
  nonce: z.string().optional(),
  /** Affects only the first attempt to redeem the code. */
  fault: z.enum(faults).optional(),
});

/** The user and the options of a code or a token. */
export type SocialGrant = z.input<typeof grant>;

type Grant = z.output<typeof grant>;

export type SocialProvider = {
  url: string;
  stop(): Promise<void>;
};

/**
 * A fake Google (OpenID Connect, with its own issuer) and GitHub (OAuth, like GitHub Enterprise Server), for browsers
 * and tests. All options of a test belong to one code, so that concurrent tests do not affect each other.
 */
export async function startSocialProvider(port = 0): Promise<SocialProvider> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const otherKeyPair = await generateKeyPair("RS256");
  const codes = new Map<string, Grant>();
  const accessTokens = new Map<string, Grant>();
  /** Each code that a client tried to redeem. */
  const presented: string[] = [];

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.statusCode = 400;
      response.end(String(error));
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    const { method } = request;
    switch (`${method} ${pathname}`) {
      case "GET /.well-known/openid-configuration":
        return json(response, {
          issuer: url,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          userinfo_endpoint: `${url}/userinfo`,
          jwks_uri: `${url}/jwks`,
          response_types_supported: ["code"],
          subject_types_supported: ["public"],
          id_token_signing_alg_values_supported: ["RS256"],
          code_challenge_methods_supported: ["S256"],
        });
      case "GET /jwks":
        return json(response, { keys: [{ ...(await exportJWK(publicKey)), kid: "test", alg: "RS256" }] });
      case "GET /authorize":
      case "GET /login/oauth/authorize":
        requireAuthorizationRequest(searchParams);
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        response.end(page);
        return;
      case "POST /authorize":
      case "POST /login/oauth/authorize": {
        requireAuthorizationRequest(searchParams);
        const kind = pathname === "/authorize" ? "google" : "github";
        const choice = new URLSearchParams(await text(request));
        response.statusCode = 302;
        response.setHeader("Location", decide(kind, searchParams, choice));
        response.end();
        return;
      }
      case "POST /token":
      case "POST /login/oauth/access_token":
        return redeem(request, response, pathname === "/token" ? "google" : "github");
      case "GET /userinfo": {
        const { person } = grantOf(request);
        return json(response, claimsOf(person));
      }
      case "GET /api/v3/user": {
        const { person } = grantOf(request);
        return json(response, {
          id: Number(person.id),
          login: `login-${person.id}`,
          name: person.name,
          // The public address of the profile, which is often not set.
          email: null,
          avatar_url: person.picture,
        });
      }
      case "GET /api/v3/user/emails": {
        const { person } = grantOf(request);
        const other = { email: `${person.id}@users.noreply.github.com`, primary: false, verified: true };
        const main = { email: person.email, primary: true, verified: person.isVerified };
        return json(response, person.email ? [other, main] : [other]);
      }
      case "GET /picture.png":
        response.setHeader("Content-Type", "image/png");
        response.end(picture);
        return;
      // For tests without a browser.
      case "POST /test/code":
        return json(response, { code: issueCode(grant.parse(JSON.parse(await text(request)))) });
      case "POST /test/id-token":
        return json(response, { idToken: await idTokenOf(grant.parse(JSON.parse(await text(request)))) });
      case "GET /test/presented":
        return json(response, presented.includes(searchParams.get("code") ?? ""));
      default:
        response.statusCode = 404;
        response.end();
    }
  }

  function issueCode(granted: Grant): string {
    const code = `code-${randomUUID()}`;
    codes.set(code, granted);
    return code;
  }

  function decide(kind: Grant["kind"], query: URLSearchParams, choice: URLSearchParams): string {
    const location = new URL(query.get("redirect_uri") ?? "");
    location.searchParams.set("state", query.get("state") ?? "");
    if (choice.get("decision") !== "allow") {
      location.searchParams.set("error", "access_denied");
      return location.href;
    }
    const code = issueCode(
      grant.parse({
        kind,
        person: {
          id: choice.get("id"),
          name: choice.get("name") || undefined,
          email: choice.get("email") || undefined,
          isVerified: choice.has("isVerified"),
          picture: choice.get("picture") || undefined,
        },
        redirectUri: query.get("redirect_uri"),
        codeChallenge: query.get("code_challenge"),
        nonce: query.get("nonce") ?? undefined,
        fault: choice.get("fault") || undefined,
      }),
    );
    location.searchParams.set("code", code);
    return location.href;
  }

  async function redeem(request: IncomingMessage, response: ServerResponse, kind: Grant["kind"]) {
    const body = new URLSearchParams(await text(request));
    const code = body.get("code") ?? "";
    presented.push(code);
    const granted = codes.get(code);
    const { fault } = granted ?? {};
    if (granted) granted.fault = undefined;
    if (fault === "hang") return;
    if (fault === "error") {
      response.statusCode = 500;
      return json(response, { error: "server_error" });
    }
    if (fault === "nonsense") {
      response.setHeader("Content-Type", "application/json");
      response.end("<html>");
      return;
    }
    if (fault === "nothing") return json(response, {});

    // GitHub reports errors with status 200 and its own error codes.
    const sendError = (google: string, github: string) => {
      response.statusCode = kind === "google" ? 400 : 200;
      return json(response, { error: kind === "google" ? google : github });
    };
    if (!isOurClient(request, body)) return sendError("invalid_client", "incorrect_client_credentials");
    const isValid =
      granted?.kind === kind &&
      granted.redirectUri === body.get("redirect_uri") &&
      (granted.codeChallenge ?? null) === challengeOf(body.get("code_verifier"));
    codes.delete(code);
    if (!granted || !isValid) return sendError("invalid_grant", "bad_verification_code");

    const accessToken = `access-${randomUUID()}`;
    accessTokens.set(accessToken, granted);
    const idToken = kind === "google" ? await idTokenOf({ ...granted, fault }) : undefined;
    return json(response, { access_token: accessToken, token_type: "bearer", id_token: idToken });
  }

  function grantOf(request: IncomingMessage): Grant {
    const granted = accessTokens.get(request.headers.authorization?.replace(/^Bearer /i, "") ?? "");
    if (!granted) throw new Error("no such access token");
    return granted;
  }

  async function idTokenOf({ person, nonce, fault }: Grant): Promise<string> {
    const claims = { ...claimsOf(person), nonce: fault === "wrong-nonce" ? "another" : nonce };
    const issuer = fault === "wrong-issuer" ? "https://accounts.example.com" : url;
    const audience = fault === "wrong-audience" ? "another-client" : socialClient.id;
    const issuedAt = Math.floor(Date.now() / 1000) - (fault === "expired" ? 7200 : 0);
    const expiresAt = issuedAt + 3600;
    if (fault === "unsigned") {
      const token = new UnsecuredJWT(claims).setIssuer(issuer).setAudience(audience);
      return token.setIssuedAt(issuedAt).setExpirationTime(expiresAt).encode();
    }
    const token = new SignJWT(claims).setIssuer(issuer).setAudience(audience).setJti(randomUUID());
    token.setIssuedAt(issuedAt).setExpirationTime(expiresAt);
    if (fault === "signed-with-our-secret") {
      return token
        .setProtectedHeader({ alg: "HS256", kid: "test" })
        .sign(new TextEncoder().encode(socialClient.secret));
    }
    const key = fault === "wrong-signing-key" ? otherKeyPair.privateKey : privateKey;
    return token.setProtectedHeader({ alg: "RS256", kid: "test" }).sign(key);
  }

  return {
    url,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The settings of an app that uses the provider. */
export function socialSettings(providerUrl: string): Record<string, string> {
  return {
    AUTH_GOOGLE_ID: socialClient.id,
    AUTH_GOOGLE_SECRET: socialClient.secret,
    AUTH_GOOGLE_ISSUER: providerUrl,
    AUTH_GITHUB_ID: socialClient.id,
    AUTH_GITHUB_SECRET: socialClient.secret,
    AUTH_GITHUB_URL: providerUrl,
  };
}

function claimsOf({ id, name, email, isVerified, picture }: Grant["person"]) {
  return { sub: id, name: name ?? undefined, email: email ?? undefined, email_verified: isVerified, picture };
}

/** Both fake providers require PKCE and a state. */
function requireAuthorizationRequest(query: URLSearchParams): void {
  const isValid =
    query.get("response_type") === "code" &&
    query.get("client_id") === socialClient.id &&
    query.get("code_challenge_method") === "S256" &&
    query.get("code_challenge")?.length === 43 &&
    (query.get("state")?.length ?? 0) >= 20 &&
    URL.canParse(query.get("redirect_uri") ?? "");
  if (!isValid) throw new Error(`not an authorization request: ${query}`);
}

function isOurClient(request: IncomingMessage, body: URLSearchParams): boolean {
  const basic = Buffer.from(
    request.headers.authorization?.replace(/^Basic /i, "") ?? "",
    "base64",
  ).toString();
  const given = basic ? basic : `${body.get("client_id")}:${body.get("client_secret")}`;
  return given === `${socialClient.id}:${socialClient.secret}`;
}

function challengeOf(verifier: string | null): string | null {
  return verifier === null ? null : createHash("sha256").update(verifier).digest("base64url");
}

function json(response: ServerResponse, body: unknown): void {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(body));
}

/** 4 × 4 pixels, of one colour. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR42mPYbCAPRwzEcQCswxAh30pjVwAAAABJRU5ErkJggg==",
  "base64",
);

/** The sign-in and consent page. */
const page = `<!doctype html>
<html lang="en">
<title>The provider</title>
<h1>Who are you?</h1>
<form method="post">
  <p><label>Id <input name="id"></label></p>
  <p><label>Name <input name="name"></label></p>
  <p><label>Address <input name="email"></label></p>
  <p><label>Picture <input name="picture"></label></p>
  <p><label><input type="checkbox" name="isVerified" checked> The address is confirmed</label></p>
  <p><label>Fault <input name="fault"></label></p>
  <button name="decision" value="allow">Allow</button>
  <button name="decision" value="deny">Deny</button>
</form>
`;
