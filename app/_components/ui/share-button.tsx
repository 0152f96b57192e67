"use client";

import { useState } from "react";

type Words = { share: string; copied: string; link: string };

/**
 * Hands the address of a page on: by what the device shares with, or else by copying it. Without a script it is
 * a plain link, which a browser lets one copy.
 */
export function ShareButton({ address, title, words }: { address: string; title: string; words: Words }) {
  const [isCopied, setCopied] = useState(false);

  async function share(): Promise<void> {
    if ("share" in navigator && matchMedia("(pointer: coarse)").matches) {
      // Closing the device's own window without choosing is not an error.
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
        <span aria-live="polite">{isCopied ? words.copied : words.share}</span>
      </button>
      <a href={address} rel="bookmark" className="target needs-no-script">
        {words.link}
      </a>
    </>
  );
}
