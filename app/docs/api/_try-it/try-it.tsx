"use client";

import { useState } from "react";
import { useCredentials } from "./credentials";
import { type ApiResponse, type Entered, isJson, sendRequest, type TriedOperation } from "./request";
import { RequestFields } from "./request-fields";
import { ResponseView } from "./response-view";

/** A form that sends a request to this server and shows the response. */
export function TryIt({ operation }: { operation: TriedOperation }) {
  const { apiKey, accessToken, messages } = useCredentials();
  const [entered, setEntered] = useState<Entered>({ values: {}, body: operation.body ?? "", file: null });
  const [response, setResponse] = useState<ApiResponse>(null);
  const [problem, setProblem] = useState("");
  const [isSending, setSending] = useState(false);

  async function send(): Promise<void> {
    if (isSending) return;
    setResponse(null);
    if (operation.body !== undefined && !isJson(entered.body)) {
      setProblem(messages.bodyProblem);
      return;
    }
    setProblem("");
    setSending(true);
    try {
      const received = await sendRequest(operation, entered, { apiKey, accessToken });
      setResponse(received);
      if (!received) setProblem(messages.redirected);
    } catch {
      setProblem(messages.noAnswer);
    }
    setSending(false);
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
      <RequestFields operation={operation} entered={entered} onEnter={setEntered} />
      <button type="submit" className="button button-ink" aria-disabled={isSending || undefined}>
        {isSending ? messages.sending : messages.send}
      </button>
      <div aria-live="polite">
        {response && <ResponseView response={response} />}
        {problem && <p className="mt-4">{problem}</p>}
      </div>
    </form>
  );
}
