"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { sessionTokens } from "@/lib/client/session-tokens";
import { decodeToken } from "./decode-token";
import { useTutorial } from "./tutorial-session";

type Words = Record<
  "none" | "header" | "headerText" | "claims" | "claimsText" | "expiresIn" | "expired" | "unreadable",
  string
> & {
  /** By the number of refreshes; the last is for more as well. */
  renewed: string[];
  /** By claim. */
  meaning: Record<string, string>;
};

/** The tokens that this tab holds, taken apart, and how long the access token still lives. */
export function TokenPanel({ words }: { words: Words }) {
  const pair = useSyncExternalStore(sessionTokens.subscribe, sessionTokens.get, getNothing);
  const { renewals } = useTutorial();
  if (!pair) return <p className="mt-4 text-muted">{words.none}</p>;

  const token = decodeToken(pair.accessToken);
  if (!token) return <p className="mt-4 text-muted">{words.unreadable}</p>;
  return (
    <div className="mt-4">
      <p className="flex flex-wrap gap-x-6 border-y border-rule py-3 tabular-nums">
        <Countdown until={Number(token.claims.exp)} words={words} />
        <span className="text-muted">{words.renewed[Math.min(renewals, words.renewed.length - 1)]}</span>
      </p>
      <h3 className="mt-5 text-15">{words.header}</h3>
      <p className="text-13 text-muted">{words.headerText}</p>
      <Parts parts={token.header} meaning={{}} />
      <h3 className="mt-5 text-15">{words.claims}</h3>
      <p className="text-13 text-muted">{words.claimsText}</p>
      <Parts parts={token.claims} meaning={words.meaning} />
    </div>
  );
}

function Parts({ parts, meaning }: { parts: Record<string, unknown>; meaning: Record<string, string> }) {
  return (
    <dl className="mt-2">
      {Object.entries(parts).map(([name, value]) => (
        <div key={name} className="grid grid-cols-[4rem_minmax(0,1fr)] border-b border-rule py-2 text-13">
          <dt className="font-mono">{name}</dt>
          <dd>
            <span className="font-mono break-all">{String(value)}</span>
            <span className="block text-muted">
              {meaning[name]}
              {(name === "iat" || name === "exp") && ` · ${new Date(Number(value) * 1000).toISOString()}`}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** @param until in seconds since 1970. */
function Countdown({ until, words }: { until: number; words: Pick<Words, "expiresIn" | "expired"> }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);

  const seconds = Math.ceil(until - now / 1000);
  return (
    <span role="timer">
      {seconds > 0 ? words.expiresIn.replace("{time}", clockTime(seconds)) : words.expired}
    </span>
  );
}

/** 3599 is 59:59. */
function clockTime(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function getNothing() {
  return null;
}
