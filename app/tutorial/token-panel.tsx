"use client";

import { useEffect, useState } from "react";
import { useSessionTokens } from "@/lib/client/session-tokens";
import { fillIn, fillInCount } from "@/lib/i18n/fill-in";
import type { Messages } from "@/lib/i18n/messages/en";
import { decodeToken } from "./decode-token";
import { useTutorial } from "./tutorial-session";

type TokenMessages = Messages["tutorial"]["tokens"];

/** The decoded tokens of this tab, and the time until the access token expires. */
export function TokenPanel({ messages }: { messages: TokenMessages }) {
  const pair = useSessionTokens();
  const { renewals } = useTutorial();
  if (!pair) return <p className="mt-4 text-muted">{messages.none}</p>;

  const token = decodeToken(pair.accessToken);
  if (!token) return <p className="mt-4 text-muted">{messages.unreadable}</p>;
  return (
    <div className="mt-4">
      <p className="flex flex-wrap gap-x-6 border-y border-rule py-3 tabular-nums">
        <Countdown until={Number(token.claims.exp)} messages={messages} />
        <span className="text-muted">
          {renewals === 0 ? messages.notRenewed : fillInCount(messages.renewed, renewals)}
        </span>
      </p>
      <h3 className="mt-5 text-15">{messages.header}</h3>
      <p className="text-13 text-muted">{messages.headerText}</p>
      <Parts parts={token.header} meaning={{}} />
      <h3 className="mt-5 text-15">{messages.claims}</h3>
      <p className="text-13 text-muted">{messages.claimsText}</p>
      <Parts parts={token.claims} meaning={messages.meaning} />
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

/** @param until Unix time in seconds. */
function Countdown({ until, messages }: { until: number; messages: TokenMessages }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);

  const seconds = Math.ceil(until - now / 1000);
  return (
    <span role="timer">
      {seconds > 0 ? fillIn(messages.expiresIn, { time: clockTime(seconds) }) : messages.expired}
    </span>
  );
}

/** Formats 3599 as 59:59. */
function clockTime(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
