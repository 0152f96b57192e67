"use client";

import { useId } from "react";
import { useCredentials } from "./credentials";
import type { Entered, TriedOperation } from "./request";

/** The fields of a request: its parameters, and a file or a JSON body. */
export function RequestFields({
  operation: { parameters, takesFile, body },
  entered,
  onEnter,
}: {
  operation: TriedOperation;
  entered: Entered;
  onEnter: (entered: Entered) => void;
}) {
  const { messages } = useCredentials();
  const id = useId();
  return (
    <>
      {parameters.map(({ name, isRequired }) => (
        <div key={name} className="mb-3">
          <label htmlFor={`${id}-${name}`} className="mb-1 block font-mono text-13">
            {name}
            {!isRequired && <span className="ml-2 font-sans text-muted">{messages.optional}</span>}
          </label>
          <input
            id={`${id}-${name}`}
            value={entered.values[name] ?? ""}
            onChange={({ currentTarget: { value } }) =>
              onEnter({ ...entered, values: { ...entered.values, [name]: value } })
            }
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="input font-mono text-13"
          />
        </div>
      ))}
      {takesFile && (
        <div className="mb-3">
          <label htmlFor={`${id}-file`} className="mb-1 block font-semibold">
            {messages.file}
          </label>
          <input
            id={`${id}-file`}
            type="file"
            onChange={({ currentTarget: { files } }) => onEnter({ ...entered, file: files?.[0] ?? null })}
            className="input"
          />
        </div>
      )}
      {body !== undefined && (
        <div className="mb-3">
          <label htmlFor={`${id}-body`} className="mb-1 block font-semibold">
            {messages.body}
          </label>
          <textarea
            id={`${id}-body`}
            value={entered.body}
            onChange={({ currentTarget: { value } }) => onEnter({ ...entered, body: value })}
            rows={5}
            spellCheck={false}
            className="input field-sizing-content font-mono text-13"
          />
        </div>
      )}
    </>
  );
}
