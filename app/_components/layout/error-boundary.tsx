"use client";

import { catchError, type ErrorInfo } from "next/error";
import type { Messages } from "@/lib/i18n/messages/en";

/**
 * Replaces a page that failed with an error message. Not `error.tsx`, which cannot receive the messages in the
 * reader's language.
 */
export const ErrorBoundary = catchError(Failure);

function Failure(
  { name, messages }: { name: string; messages: Messages["failure"] },
  { error, retry }: ErrorInfo,
) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <>
      <header className="page-width flex h-14 items-center">
        <a href="/" className="target text-17 font-bold">
          {name}
        </a>
      </header>
      <main id="main" tabIndex={-1} className="page-width with-margin flex-1 content-start pt-16 pb-24">
        <div className="in-column">
          <h1 className="text-32">{messages.title}</h1>
          <p className="mt-4 max-w-[36rem] text-17">{messages.text}</p>
          {digest && (
            <p className="mt-2 text-13 text-muted">
              {messages.number} <code className="font-mono">{digest}</code>
            </p>
          )}
          <div className="mt-8 flex flex-wrap gap-3">
            <button type="button" className="button button-ink" onClick={retry}>
              {messages.retry}
            </button>
            <a href="/" className="button">
              {messages.home}
            </a>
          </div>
        </div>
      </main>
    </>
  );
}
