"use client";

import { type ReactNode, useEffect, useState } from "react";
import { SubmitButton } from "@/app/_components/forms/submit-button";

/**
 * A button that asks for a moment's patience first, and says how much. Without JavaScript it can be pressed at
 * once; the server counts for itself.
 *
 * @param pauses what to say with 1, 2, … seconds left.
 */
export function CooldownButton({
  waitSeconds,
  pauses,
  className,
  working,
  children,
}: {
  waitSeconds: number;
  pauses: string[];
  className: string;
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
        <button type="submit" disabled className={`${className} opacity-60`}>
          {children}
        </button>
      ) : (
        <SubmitButton className={className} working={working}>
          {children}
        </SubmitButton>
      )}
      {/* Its room is kept, so that nothing moves when the pause begins or ends. */}
      <p className="mt-2 min-h-5 text-13 text-muted tabular-nums">{isPaused && pauses[secondsLeft - 1]}</p>
    </>
  );
}
