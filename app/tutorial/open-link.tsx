"use client";

import type { Messages } from "@/lib/i18n/messages/en";
import { RunStep } from "./run-step";
import { useTutorial } from "./tutorial-session";

/** The second half of signing in by an emailed link: a field for the link, and the button that signs in with it. */
export function OpenLink({
  label,
  help,
  button,
  mailbox,
  messages,
}: {
  label: string;
  help: string;
  button: string;
  /** The text of a link to the local mailbox; false if there is no mailbox. */
  mailbox: string | false;
  messages: Messages["tutorial"]["requests"];
}) {
  const { mailLink, setMailLink } = useTutorial();
  return (
    <div className="mt-6 max-w-[26rem]">
      <label htmlFor="mail-link" className="mb-1.5 block font-semibold">
        {label}
      </label>
      <input
        id="mail-link"
        type="text"
        value={mailLink}
        onChange={(event) => setMailLink(event.currentTarget.value)}
        aria-describedby="mail-link-help"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className="input"
      />
      <p id="mail-link-help" className="mt-1.5 text-13 text-muted">
        {help}
        {mailbox && (
          <>
            {" "}
            <a href="/dev/mailbox" target="_blank" rel="noreferrer" className="link">
              {mailbox}
            </a>
          </>
        )}
      </p>
      <RunStep step="openLink" of="magicLink" isSecondary label={button} messages={messages} />
    </div>
  );
}
