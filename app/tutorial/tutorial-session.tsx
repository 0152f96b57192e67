"use client";

import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { BkendError, type BkendFetch, createBkendFetch, type TokenPair } from "@/lib/client/bkend-fetch";
import { sessionTokens } from "@/lib/client/session-tokens";
import type { TutorialStepId } from "@/lib/docs/tutorial-steps";
import { codeOf } from "./code-of";

/** What a button can run: a step, opening the emailed link, and deleting the account. */
export type Runnable = Exclude<TutorialStepId, "tokens"> | "openLink" | "leave";

export type Account = { name: string; email: string; password: string };

/** A request and its response. */
export type Exchange = {
  id: number;
  method: string;
  path: string;
  body: string;
  status: number;
  response: string;
};

type Run = { isRunning: boolean; exchanges: Exchange[]; hasNoResponse?: boolean };

type Session = {
  account: Account;
  setAccount: (account: Account) => void;
  /** The emailed link or its token, as the reader pasted it. */
  mailLink: string;
  setMailLink: (mailLink: string) => void;
  runs: Partial<Record<Runnable, Run>>;
  run: (step: Runnable) => Promise<void>;
  /** How many times the tokens have been refreshed. */
  renewals: number;
};

const SessionContext = createContext<Session | null>(null);

/** @returns the account, the emailed link and the results, which all steps of the page share. */
export function useTutorial(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("A step of the tutorial is outside of TutorialSession.");
  return session;
}

/** The state that the steps share. The tokens are stored in this tab, apart from the reader's session on the site. */
export function TutorialSession({
  apiKey,
  callbackUrl,
  children,
}: {
  apiKey: string;
  /** The page that the emailed link opens. */
  callbackUrl: string;
  children: ReactNode;
}) {
  const [account, setAccount] = useState<Account>({ name: "", email: "", password: "" });
  const [mailLink, setMailLink] = useState("");
  const [runs, setRuns] = useState<Session["runs"]>({});
  const [renewals, setRenewals] = useState(0);

  // Generated in an effect: a random account from the server would not match the one of hydration.
  useEffect(() => setAccount(generateAccount()), []);

  async function run(step: Runnable): Promise<void> {
    if (runs[step]?.isRunning) return;
    const exchanges: Exchange[] = [];
    setRuns((before) => ({ ...before, [step]: { isRunning: true, exchanges: [] } }));

    const bkendFetch = createBkendFetch({
      baseUrl: "/api",
      apiKey,
      tokens: sessionTokens,
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        exchanges.push({ id: exchanges.length, ...(await exchangeOf(url, init, response.clone())) });
        return response;
      },
    });
    const hasNoResponse = await stepRunners[step](bkendFetch, { ...account, callbackUrl, mailLink }).then(
      () => false,
      // An error response is shown among the exchanges.
      (error: unknown) => !(error instanceof BkendError) || error.status === 0,
    );

    setRenewals((count) => count + exchanges.filter(isRenewal).length);
    setRuns((before) => ({ ...before, [step]: { isRunning: false, exchanges, hasNoResponse } }));
  }

  const session = { account, setAccount, mailLink, setMailLink, runs, run, renewals };
  return <SessionContext value={session}>{children}</SessionContext>;
}

type Input = Account & { callbackUrl: string; mailLink: string };

/** What each button runs, as in the code above it. */
const stepRunners: Record<Runnable, (bkendFetch: BkendFetch, input: Input) => Promise<unknown>> = {
  async signUp(bkendFetch, { name, email, password }) {
    const body = { method: "password", email, password, name };
    sessionTokens.set(await bkendFetch<TokenPair>("/v1/auth/email/signup", { method: "POST", body }));
  },
  async signIn(bkendFetch, { email, password }) {
    const body = { method: "password", email, password };
    sessionTokens.set(await bkendFetch<TokenPair>("/v1/auth/email/signin", { method: "POST", body }));
  },
  me: (bkendFetch) => bkendFetch("/v1/auth/me"),
  async refresh(bkendFetch) {
    const body = { refreshToken: sessionTokens.get()?.refreshToken };
    sessionTokens.set(await bkendFetch<TokenPair>("/v1/auth/refresh", { method: "POST", body }));
  },
  async renew(bkendFetch) {
    const tokens = sessionTokens.get();
    if (tokens) sessionTokens.set({ ...tokens, accessToken: `${tokens.accessToken}-spoiled` });
    await bkendFetch("/v1/auth/me");
  },
  write: (bkendFetch) =>
    bkendFetch("/v1/data/articles", {
      method: "POST",
      body: { title: "첫 글", content: "# 안녕하세요", isPublished: false },
    }),
  read(bkendFetch) {
    const andFilters = JSON.stringify({ isPublished: false });
    return bkendFetch(
      `/v1/data/articles?${new URLSearchParams({ andFilters, limit: "1", select: "title" })}`,
    );
  },
  refused: (bkendFetch) => bkendFetch("/v1/data/articles", { method: "POST", body: { title: "" } }),
  async secondFactor(bkendFetch, { email, password }) {
    const { secret, backupCodes } = await bkendFetch<{ secret: string; backupCodes: string[] }>(
      "/v1/auth/mfa/enable",
      { method: "POST", body: { password } },
    );
    const [codeToSignIn, codeToTurnOff] = backupCodes;
    await bkendFetch("/v1/auth/mfa/confirm", { method: "POST", body: { code: await codeOf(secret) } });
    const credentials = { method: "password", email, password };
    const signIn = (body: object) => bkendFetch<TokenPair>("/v1/auth/email/signin", { method: "POST", body });
    try {
      await signIn(credentials).catch(async (error: unknown) => {
        if (!(error instanceof BkendError) || error.code !== "auth/mfa-required") throw error;
        sessionTokens.set(await signIn({ ...credentials, mfaCode: codeToSignIn }));
      });
    } finally {
      // Disabled again, because only this page knows the secret: the reader could not sign in later.
      await bkendFetch("/v1/auth/mfa/disable", { method: "POST", body: { password, code: codeToTurnOff } });
    }
  },
  magicLink: (bkendFetch, { email, callbackUrl }) =>
    bkendFetch("/v1/auth/email/signin", {
      method: "POST",
      body: { method: "magiclink", email, callbackUrl },
    }),
  async openLink(bkendFetch, { mailLink }) {
    const body = { token: parseToken(mailLink) };
    sessionTokens.set(await bkendFetch<TokenPair>("/v1/auth/email/callback", { method: "POST", body }));
  },
  async signOut(bkendFetch) {
    await bkendFetch("/v1/auth/signout", { method: "POST" });
    sessionTokens.clear();
  },
  async leave(bkendFetch, { password }) {
    const withdraw = () => bkendFetch("/v1/auth/withdraw", { method: "DELETE" });
    await withdraw().catch(async (error: unknown) => {
      if (!(error instanceof BkendError) || error.code !== "auth/reauthentication-required") throw error;
      await bkendFetch("/v1/auth/reauthenticate", { method: "POST", body: { password } });
      await withdraw();
    });
    sessionTokens.clear();
  },
};

async function exchangeOf(url: string, init: RequestInit, response: Response): Promise<Omit<Exchange, "id">> {
  return {
    method: init.method ?? "GET",
    path: url,
    body: typeof init.body === "string" ? formatJson(init.body) : "",
    status: response.status,
    response: formatJson(await response.text()),
  };
}

/** @returns the token of a link; a text that is not a link is the token itself. */
function parseToken(mailLink: string): string {
  const text = mailLink.trim();
  return (URL.canParse(text) && new URL(text).searchParams.get("token")) || text;
}

function formatJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function isRenewal({ path, status }: Exchange): boolean {
  return path.endsWith("/v1/auth/refresh") && status === 200;
}

/** @returns a random test account to sign up with, whose password any policy accepts. */
export function generateAccount(): Account {
  const random = (bytes: number) =>
    [...crypto.getRandomValues(new Uint8Array(bytes))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
  return { name: "홍길동", email: `reader-${random(5)}@example.com`, password: `Aa1!${random(8)}` };
}
