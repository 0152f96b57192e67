"use client";

import type { ComponentProps, ReactNode } from "react";
import { InlineError } from "@/app/_components/ui/inline-error";
import { useFieldState, useFormMessages } from "./client-form";
import { useTypedText } from "./use-typed-text";

export type FieldProps = {
  name: string;
  label: string;
  help?: string | undefined;
  /** Whether the field may stay empty; its label then says so. */
  optional?: boolean | undefined;
  className?: string | undefined;
};

type InputProps = FieldProps & {
  type?: "text" | "email" | "password" | "url" | "datetime-local";
  autoComplete?: string;
  maxLength?: number;
  inputClassName?: string;
  /** The initial value, if the form around the field has none for it. */
  initial?: string;
  /** The id of a `datalist` with suggestions. */
  list?: string;
  /** The latest time. */
  max?: string;
};

type TextAreaProps = FieldProps &
  Pick<
    ComponentProps<"textarea">,
    "ref" | "onInput" | "onKeyDown" | "onPaste" | "onDragOver" | "onDragLeave" | "onDrop"
  > & {
    rows: number;
    inputClassName?: string;
    /** Shown between the label and the field. */
    tools?: ReactNode;
  };

/** A text input: its label above, its error and its help below. */
export function Field({
  type = "text",
  autoComplete,
  maxLength,
  inputClassName = "",
  list,
  max,
  initial,
  ...field
}: InputProps) {
  const { value = initial } = useFieldState(field.name);
  return (
    <Labelled {...field}>
      <input
        {...useInputProps(field)}
        type={type}
        autoComplete={autoComplete}
        maxLength={maxLength}
        list={list}
        max={max}
        defaultValue={type === "password" ? undefined : value}
        className={`input ${inputClassName}`}
        {...(type === "text" ? {} : { autoCapitalize: "none", spellCheck: false })}
      />
    </Labelled>
  );
}

/** A text area that grows with its text where the browser supports `field-sizing`. */
export function TextArea({
  name,
  label,
  help,
  optional,
  className,
  inputClassName = "",
  tools,
  ...textarea
}: TextAreaProps) {
  const field = { name, label, help, optional, className };
  const { value } = useFieldState(name);
  useTypedText(name);
  return (
    <Labelled {...field}>
      {tools}
      <textarea
        {...useInputProps(field)}
        {...textarea}
        defaultValue={value}
        className={`input field-sizing-content ${inputClassName}`}
      />
    </Labelled>
  );
}

export function Select({ options, ...field }: FieldProps & { options: { value: string; text: string }[] }) {
  const { value } = useFieldState(field.name);
  return (
    <Labelled {...field}>
      {/* React applies the default value of a select only when it creates the element. */}
      <select key={value} {...useInputProps(field)} defaultValue={value} className="input">
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** A required checkbox, such as the agreement to the terms. */
export function Checkbox({ name, children }: { name: string; children: ReactNode }) {
  const { value, problem } = useFieldState(name);
  const { error } = useFormMessages();
  return (
    <div className="mt-2">
      <div className="flex items-start gap-3">
        <input
          id={name}
          name={name}
          type="checkbox"
          required
          defaultChecked={value === "on"}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? problemId(name) : undefined}
          className="mt-3 size-5 shrink-0 accent-accent"
        />
        <label htmlFor={name} className="py-2.5">
          {children}
        </label>
      </div>
      {problem && (
        <InlineError id={problemId(name)} label={error}>
          {problem}
        </InlineError>
      )}
    </div>
  );
}

function Labelled({
  name,
  label,
  help,
  optional,
  className = "mt-5",
  children,
}: FieldProps & { children: ReactNode }) {
  const { problem } = useFieldState(name);
  const messages = useFormMessages();
  return (
    <div className={className}>
      <label htmlFor={name} className="mb-1.5 block font-semibold">
        {label}
        {optional && <span className="ml-1.5 font-normal text-muted">{messages.optional}</span>}
      </label>
      {children}
      {problem && (
        <div className="mt-1.5">
          <InlineError id={problemId(name)} label={messages.error}>
            {problem}
          </InlineError>
        </div>
      )}
      {help && (
        <p id={helpId(name)} className="mt-1.5 text-13 text-muted">
          {help}
        </p>
      )}
    </div>
  );
}

function useInputProps({ name, help, optional }: FieldProps) {
  const { problem } = useFieldState(name);
  const describedBy = [problem && problemId(name), help && helpId(name)].filter(Boolean).join(" ");
  return {
    id: name,
    name,
    required: !optional,
    "aria-invalid": problem ? true : undefined,
    "aria-describedby": describedBy || undefined,
  };
}

function helpId(name: string): string {
  return `${name}-help`;
}

function problemId(name: string): string {
  return `${name}-problem`;
}
