"use client";

import { type ReactNode, useEffect, useState } from "react";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { fillInCount } from "@/lib/i18n/fill-in";
import type { Messages } from "@/lib/i18n/messages/en";

/**
 * A submit button that is disabled for `waitSeconds`, and counts them down. Without JavaScript it is enabled; the
 * server enforces its own limit.
 */
export function CooldownButton({
  waitSeconds,
  message,
  working,
  children,
}: {
  waitSeconds: number;
  /** The message for the number of seconds left. */
  message: Messages["verifyEmail"]["pause"];
  working: string;
  children: ReactNode;
}) {
  const [secondsLeft, setSecondsLeft] = useState(0);

  useEffect(() => {
    const endsAt = Date.now() + waitSeconds * 1000;
    const update = () => setSecondsLeft(Math.max(0, Math.ceil((endsAt - Date.now()) / 1000)));
    update();
    const timer = setInterval(update, 1000);
    return () => clearInterval(timer);
  }, [waitSeconds]);

  const isPaused = secondsLeft > 0;
  return (
    <>
      {isPaused ? (
        <button type="submit" disabled className="button button-ink mt-7 w-full opacity-60 sm:w-auto">
          {children}
        </button>
      ) : (
        <SubmitButton working={working}>{children}</SubmitButton>
      )}
      {/* Its space is reserved, so that nothing moves when the countdown starts or ends. */}
      <p className="mt-2 min-h-5 text-13 text-muted tabular-nums">
        {isPaused && fillInCount(message, secondsLeft)}
      </p>
    </>
  );
}
