"use client";

import { Section } from "@/app/_components/ui/section";
import type { Messages } from "@/lib/i18n/messages/en";
import { generateAccount, useTutorial } from "./tutorial-session";

/** The account that the steps use: a generated one, or one that the reader enters. */
export function AccountForm({ messages }: { messages: Messages["tutorial"]["testAccount"] }) {
  const { account, setAccount } = useTutorial();
  return (
    <Section id="account" title={messages.title}>
      <p className="mt-2 max-w-[36rem]">{messages.text}</p>
      <div className="max-w-[26rem]">
        {(["name", "email", "password"] as const).map((field) => (
          <div key={field} className="mt-4">
            <label htmlFor={field} className="mb-1.5 block font-semibold">
              {messages[field]}
            </label>
            <input
              id={field}
              type={field === "email" ? "email" : "text"}
              value={account[field]}
              onChange={(event) => setAccount({ ...account, [field]: event.currentTarget.value })}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="input"
            />
          </div>
        ))}
        <button type="button" className="target link mt-2" onClick={() => setAccount(generateAccount())}>
          {messages.another}
        </button>
      </div>
    </Section>
  );
}
