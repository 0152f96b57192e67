"use client";

import { createContext, type ReactNode, use, useState } from "react";
import { DisclosureIcon } from "@/app/_components/ui/disclosure-icon";
import { sessionTokens, useSessionTokens } from "@/lib/client/session-tokens";
import type { Messages } from "@/lib/i18n/messages/en";

type RequestCredentials = { apiKey: string; accessToken: string; messages: Messages["apiDocs"]["tryIt"] };

const CredentialsContext = createContext<RequestCredentials | null>(null);

/** @returns the API key and the access token to send, and the messages of the request forms. */
export function useCredentials(): RequestCredentials {
  const credentials = use(CredentialsContext);
  if (!credentials) throw new Error("useCredentials needs Credentials around the component.");
  return credentials;
}

/**
 * The API key and the access token of every request on the page. The token is shared with the tutorial in this tab,
 * and is sent only to this server.
 */
export function Credentials({
  publishableKey,
  messages,
  children,
}: {
  publishableKey: string;
  messages: Pick<Messages["apiDocs"], "credentials" | "tryIt">;
  children: ReactNode;
}) {
  const { credentials, tryIt } = messages;
  const [apiKey, setApiKey] = useState(publishableKey);
  const pair = useSessionTokens();
  const accessToken = pair?.accessToken ?? "";
  return (
    <>
      <details className="needs-script mt-6 border-y border-rule">
        <summary className="target gap-2 font-semibold hover:text-accent">
          <DisclosureIcon />
          {credentials.title}
        </summary>
        <div className="max-w-[26rem] pb-6">
          <p className="text-muted">{credentials.text}</p>
          <label htmlFor="api-key" className="mt-4 mb-1.5 block font-semibold">
            {credentials.key}
          </label>
          <input
            id="api-key"
            value={apiKey}
            onChange={(event) => setApiKey(event.currentTarget.value.trim())}
            className="input font-mono text-13"
            {...codeInput}
          />
          <label htmlFor="access-token" className="mt-4 mb-1.5 block font-semibold">
            {credentials.token}
          </label>
          <input
            id="access-token"
            value={accessToken}
            onChange={(event) => {
              const typed = event.currentTarget.value.trim();
              if (typed) sessionTokens.set({ accessToken: typed, refreshToken: pair?.refreshToken ?? "" });
              else sessionTokens.clear();
            }}
            aria-describedby="access-token-help"
            className="input font-mono text-13"
            {...codeInput}
          />
          <p id="access-token-help" className="mt-1.5 text-13 text-muted">
            {credentials.tokenHelp}
          </p>
          {pair && (
            <button type="button" className="target link" onClick={() => sessionTokens.clear()}>
              {credentials.forget}
            </button>
          )}
        </div>
      </details>
      <CredentialsContext value={{ apiKey, accessToken, messages: tryIt }}>{children}</CredentialsContext>
    </>
  );
}

const codeInput = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;
