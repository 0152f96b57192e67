"use client";

import { catchError, type ErrorInfo } from "next/error";

type Words = { title: string; text: string; number: string; retry: string; home: string };

/**
 * Shows that something went wrong instead of the page. A boundary of its own rather than `error.tsx`, because
 * that is handed no words in the reader's language.
 */
export const ErrorBoundary = catchError(Failure);

function Failure({ name, words }: { name: string; words: Words }, { error, retry }: ErrorInfo) {
  const number = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <>
      <header className="page-width flex h-14 items-center">
        <a href="/" className="target text-17 font-bold">
          {name}
        </a>
      </header>
      <main id="main" tabIndex={-1} className="page-width with-margin flex-1 content-start pt-16 pb-24">
        <div className="in-column">
          <h1 className="text-32">{words.title}</h1>
          <p className="mt-4 max-w-[36rem] text-17">{words.text}</p>
          {number && (
            <p className="mt-2 text-13 text-muted">
              {words.number} <code className="font-mono">{number}</code>
            </p>
          )}
          <div className="mt-8 flex flex-wrap gap-3">
            <button type="button" className="button button-ink" onClick={retry}>
              {words.retry}
            </button>
            <a href="/" className="button">
              {words.home}
            </a>
          </div>
        </div>
      </main>
    </>
  );
}
