"use client";

import { useState } from "react";
import type { Messages } from "@/lib/i18n/messages/en";

/**
 * Shares the URL of a page with the device's share dialog, or copies it. Without JavaScript it is a link, whose URL
 * the browser can copy.
 */
export function ShareButton({
  address,
  title,
  messages,
}: {
  address: string;
  title: string;
  messages: Messages["article"]["sharing"];
}) {
  const [isCopied, setCopied] = useState(false);

  async function share(): Promise<void> {
    if ("share" in navigator && matchMedia("(pointer: coarse)").matches) {
      // Closing the dialog without a choice is not an error.
      await navigator.share({ title, url: address }).catch(() => undefined);
    } else {
      await navigator.clipboard.writeText(address);
      setCopied(true);
    }
  }

  return (
    <>
      <button
        type="button"
        className="target needs-script hover:text-accent"
        onClick={share}
        onBlur={() => setCopied(false)}
      >
        <span aria-live="polite">{isCopied ? messages.copied : messages.share}</span>
      </button>
      <a href={address} rel="bookmark" className="target needs-no-script">
        {messages.link}
      </a>
    </>
  );
}
