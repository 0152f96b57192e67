"use client";

import { useId, useState } from "react";
import { DisclosureIcon } from "@/app/_components/ui/disclosure-icon";
import { focusableRegion } from "@/app/_components/ui/focusable-region";
import type { TokenPair } from "@/lib/client/bkend-fetch";
import { sessionTokens } from "@/lib/client/session-tokens";
import { type TryItMessages, useCredentials } from "./credentials";

type TriedOperation = {
  id: string;
  method: string;
  path: string;
  parameters: { name: string; place: "path" | "query"; isRequired: boolean }[];
  /** It takes the bytes of a file. */
  takesFile: boolean;
  /** What the body's field holds at first; none where no body is sent. */
  body: string | undefined;
  takesKey: boolean;
  takesToken: boolean;
};

type Answer =
  | { kind: "answer"; status: string; headers: [string, string][]; body: string; tokens: TokenPair | null }
  | { kind: "note"; words: string };

/** Sends a request to this very server, and shows its answer as it came. */
export function TryIt({ operation }: { operation: TriedOperation }) {
  const { method, path, parameters, takesKey, takesToken } = operation;
  const { apiKey, accessToken, words } = useCredentials();
  const [values, setValues] = useState<Record<string, string>>({});
  const [body, setBody] = useState(operation.body ?? "");
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [isSending, setSending] = useState(false);
  const id = useId();
  const hasBody = operation.body !== undefined;

  async function send(): Promise<void> {
    if (isSending) return;
    if (hasBody && !isJson(body)) {
      setAnswer({ kind: "note", words: words.bodyProblem });
      return;
    }
    setSending(true);
    setAnswer(null);
    setAnswer(await ask());
    setSending(false);
  }

  async function ask(): Promise<Answer> {
    const headers = new Headers({ "Accept-Language": document.documentElement.lang });
    if (takesKey) headers.set("X-API-Key", apiKey);
    if (takesToken && accessToken) headers.set("Authorization", `Bearer ${accessToken}`);
    if (hasBody) headers.set("Content-Type", "application/json");
    if (file) headers.set("Content-Type", file.type);
    try {
      const response = await fetch(addressOf(path, parameters, values), {
        method,
        headers,
        redirect: "manual",
        credentials: "omit",
        ...(hasBody && { body }),
        ...(file && { body: file }),
      });
      if (response.type === "opaqueredirect") return { kind: "note", words: words.redirected };
      const text = await response.text();
      return {
        kind: "answer",
        status: `${response.status} ${response.statusText}`.trim(),
        headers: [...response.headers],
        body: readable(text),
        tokens: tokensIn(text),
      };
    } catch {
      return { kind: "note", words: words.noAnswer };
    }
  }

  return (
    <form
      className="max-w-[36rem]"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {parameters.map(({ name, isRequired }) => (
        <div key={name} className="mb-3">
          <label htmlFor={`${id}-${name}`} className="mb-1 block font-mono text-13">
            {name}
            {!isRequired && <span className="ml-2 font-sans text-muted">{words.optional}</span>}
          </label>
          <input
            id={`${id}-${name}`}
            value={values[name] ?? ""}
            onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="input font-mono text-13"
          />
        </div>
      ))}
      {operation.takesFile && (
        <div className="mb-3">
          <label htmlFor={`${id}-file`} className="mb-1 block font-semibold">
            {words.file}
          </label>
          <input
            id={`${id}-file`}
            type="file"
            onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
            className="input"
          />
        </div>
      )}
      {hasBody && (
        <div className="mb-3">
          <label htmlFor={`${id}-body`} className="mb-1 block font-semibold">
            {words.body}
          </label>
          <textarea
            id={`${id}-body`}
            value={body}
            onChange={(event) => setBody(event.currentTarget.value)}
            rows={5}
            spellCheck={false}
            className="input field-sizing-content font-mono text-13"
          />
        </div>
      )}
      <button type="submit" className="button button-ink" aria-disabled={isSending || undefined}>
        {isSending ? words.sending : words.send}
      </button>
      <div aria-live="polite">{answer && <ShownAnswer key={method} answer={answer} words={words} />}</div>
    </form>
  );
}

function ShownAnswer({ answer, words }: { answer: Answer; words: TryItMessages }) {
  const [isUsed, setUsed] = useState(false);
  if (answer.kind === "note") return <p className="mt-4">{answer.words}</p>;

  const { status, headers, body, tokens } = answer;
  return (
    <div className="mt-4">
      <p className="font-mono text-15 font-semibold">{status}</p>
      <details>
        <summary className="target gap-2 text-13">
          <DisclosureIcon />
          {words.headers}
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
        aria-label={words.answer}
        className="mt-1 max-h-96 overflow-auto rounded-control bg-tint p-4 font-mono text-13"
      >
        <pre>{body || words.empty}</pre>
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
          {isUsed ? words.tokenUsed : words.useToken}
        </button>
      )}
    </div>
  );
}

/** Below this very server, whatever is filled in: each value is one part of the address. */
function addressOf(
  path: string,
  parameters: TriedOperation["parameters"],
  values: Record<string, string>,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const query = new URLSearchParams(
    parameters.flatMap(({ name, place }) => {
      const value = values[name];
      return place === "query" && value ? [[name, value]] : [];
    }),
  );
  return `/api${filled}${query.size > 0 ? `?${query}` : ""}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function readable(text: string): string {
  return isJson(text) ? JSON.stringify(JSON.parse(text), null, 2) : text;
}

function tokensIn(text: string): TokenPair | null {
  if (!isJson(text)) return null;
  const answer: unknown = JSON.parse(text);
  if (typeof answer !== "object" || answer === null) return null;
  const accessToken: unknown = Reflect.get(answer, "accessToken");
  const refreshToken: unknown = Reflect.get(answer, "refreshToken");
  return typeof accessToken === "string" && typeof refreshToken === "string"
    ? { accessToken, refreshToken }
    : null;
}
