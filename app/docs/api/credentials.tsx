"use client";

import { createContext, type ReactNode, use, useState, useSyncExternalStore } from "react";
import { DisclosureIcon } from "@/app/_components/ui/disclosure-icon";
import { sessionTokens } from "@/lib/client/session-tokens";

/** What the places to try an endpoint say. */
export type TryItMessages = Record<
  | "body"
  | "file"
  | "bodyProblem"
  | "optional"
  | "send"
  | "sending"
  | "noAnswer"
  | "redirected"
  | "headers"
  | "answer"
  | "empty"
  | "useToken"
  | "tokenUsed",
  string
>;

type Shared = { apiKey: string; accessToken: string; words: TryItMessages };

const CredentialsContext = createContext<Shared | null>(null);

/** @returns the key and the token that requests are tried with, and the words around them. */
export function useCredentials(): Shared {
  const shared = use(CredentialsContext);
  if (!shared) throw new Error("A place to try an endpoint stands outside of its page.");
  return shared;
}

/**
 * The key and the token that every request on the page is tried with. The token is the tutorial's, where one came
 * from there, and leaves this tab for this server alone.
 */
export function Credentials({
  publishableKey,
  words,
  tryItWords,
  children,
}: {
  publishableKey: string;
  words: { title: string; text: string; key: string; token: string; tokenHelp: string; forget: string };
  tryItWords: TryItMessages;
  children: ReactNode;
}) {
  const [apiKey, setApiKey] = useState(publishableKey);
  const pair = useSyncExternalStore(sessionTokens.subscribe, sessionTokens.get, getNothing);
  const accessToken = pair?.accessToken ?? "";
  return (
    <>
      <details className="needs-script mt-6 border-y border-rule">
        <summary className="target gap-2 font-semibold hover:text-accent">
          <DisclosureIcon />
          {words.title}
        </summary>
        <div className="max-w-[26rem] pb-6">
          <p className="text-muted">{words.text}</p>
          <label htmlFor="api-key" className="mt-4 mb-1.5 block font-semibold">
            {words.key}
          </label>
          <input
            id="api-key"
            value={apiKey}
            onChange={(event) => setApiKey(event.currentTarget.value.trim())}
            className="input font-mono text-13"
            {...codeInput}
          />
          <label htmlFor="access-token" className="mt-4 mb-1.5 block font-semibold">
            {words.token}
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
            {words.tokenHelp}
          </p>
          {pair && (
            <button type="button" className="target link" onClick={() => sessionTokens.clear()}>
              {words.forget}
            </button>
          )}
        </div>
      </details>
      <CredentialsContext value={{ apiKey, accessToken, words: tryItWords }}>{children}</CredentialsContext>
    </>
  );
}

const codeInput = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;

function getNothing() {
  return null;
}
