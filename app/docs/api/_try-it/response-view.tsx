"use client";

import { useState } from "react";
import { DisclosureIcon } from "@/app/_components/ui/disclosure-icon";
import { focusableRegion } from "@/app/_components/ui/focusable-region";
import { sessionTokens } from "@/lib/client/session-tokens";
import { useCredentials } from "./credentials";
import type { ApiResponse } from "./request";

/** The response of the API. If it contains tokens, a button uses them for further requests. */
export function ResponseView({
  response: { status, headers, body, tokens },
}: {
  response: NonNullable<ApiResponse>;
}) {
  const { messages } = useCredentials();
  const [isUsed, setUsed] = useState(false);
  return (
    <div className="mt-4">
      <p className="font-mono text-15 font-semibold">{status}</p>
      <details>
        <summary className="target gap-2 text-13">
          <DisclosureIcon />
          {messages.headers}
        </summary>
        <dl className="font-mono text-13">
          {headers.map(([name, value]) => (
            <div key={name} className="border-b border-rule py-1">
              <dt className="inline text-muted">{name}: </dt>
              <dd className="inline break-all">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      <section
        {...focusableRegion}
        aria-label={messages.answer}
        className="mt-1 max-h-96 overflow-auto rounded-control bg-tint p-4 font-mono text-13"
      >
        <pre>{body || messages.empty}</pre>
      </section>
      {tokens && (
        <button
          type="button"
          className="target link"
          onClick={() => {
            sessionTokens.set(tokens);
            setUsed(true);
          }}
        >
          {isUsed ? messages.tokenUsed : messages.useToken}
        </button>
      )}
    </div>
  );
}
