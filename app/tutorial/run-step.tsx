"use client";

import { DisclosureIcon } from "@/app/_components/ui/disclosure-icon";
import { focusableRegion } from "@/app/_components/ui/focusable-region";
import type { Messages } from "@/lib/i18n/messages/en";
import { type Exchange, type Runnable, useTutorial } from "./tutorial-session";

type RequestMessages = Messages["tutorial"]["requests"];

/**
 * The button that runs a step, and below it every request that it sent, with its response.
 *
 * @param of the step that describes the button, if a step has several buttons.
 */
export function RunStep({
  step,
  of = step,
  isSecondary = false,
  messages,
  label = messages.run,
}: {
  step: Runnable;
  of?: Runnable;
  isSecondary?: boolean;
  messages: RequestMessages;
  /** The text of the button; by default it says that it runs the step. */
  label?: string;
}) {
  const { runs, run } = useTutorial();
  const { isRunning = false, exchanges = [], hasNoResponse = false } = runs[step] ?? {};
  return (
    <>
      <button
        type="button"
        className={`button mt-4 ${isSecondary ? "" : "button-ink"}`}
        aria-disabled={isRunning || undefined}
        aria-describedby={of}
        onClick={() => void run(step)}
      >
        {isRunning ? messages.running : label}
      </button>
      <div aria-live="polite">
        {exchanges.map((exchange) => (
          <ExchangeView key={exchange.id} exchange={exchange} messages={messages} />
        ))}
        {hasNoResponse && <p className="mt-4">{messages.noAnswer}</p>}
      </div>
    </>
  );
}

function ExchangeView({
  exchange: { method, path, body, status, response },
  messages,
}: {
  exchange: Exchange;
  messages: RequestMessages;
}) {
  return (
    <div className="mt-4">
      <p className="font-mono text-13 break-all">
        {method} {path} <strong className="ml-2 font-semibold">{status}</strong>
      </p>
      {body && (
        <details>
          <summary className="target gap-2 text-13">
            <DisclosureIcon />
            {messages.sent}
          </summary>
          <section className={block} {...focusableRegion} aria-label={messages.sent}>
            <pre>{body}</pre>
          </section>
        </details>
      )}
      <section className={`mt-1 ${block}`} {...focusableRegion} aria-label={messages.answered}>
        <pre>{response}</pre>
      </section>
    </div>
  );
}

const block = "max-h-80 overflow-auto rounded-control bg-tint p-4 font-mono text-13";
