"use client";

import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { formSubmittedEvent } from "@/app/_components/forms/client-form";
import { timeAtWall, wallTimeOf } from "@/lib/i18n/wall-time";
import { withoutPlaceholders } from "@/lib/markdown/upload-placeholder";
import { formatTime } from "./format-time";
import {
  type Draft,
  deleteDraft,
  findAbandonedDrafts,
  lockDraft,
  newDraftKey,
  saveDraft,
} from "./stored-drafts";

type Words = Record<"offer" | "restore" | "discard" | "kept" | "notKept" | "waiting" | "leave", string>;

/** What is kept of the form; with the text, which version of the article it began with. */
const keptFields = [
  "title",
  "content",
  "category",
  "tags",
  "coverImage",
  "coverAlt",
  "excerpt",
  "publishAt",
  "updatedAt",
] as const;

type Values = Record<string, string>;

/**
 * Keeps what is being written in this browser, so that it outlives a crash and a lost session: offers it the next
 * time, and asks before one leaves without having saved. Nothing is sent while a picture is still on its way.
 *
 * @param subject the user and the article of the draft, so that no user is offered another user's.
 */
export function DraftAutosave({
  subject,
  words,
  children,
}: {
  subject: string;
  words: Words;
  children: ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [drafts, setDrafts] = useState<Draft[]>([]);
  const [status, setStatus] = useState<"" | "kept" | "notKept" | "waiting">("");
  const [offered] = drafts;
  const mayLeave = useEffectEvent(() => window.confirm(words.leave));

  useEffect(() => {
    const form = place.current?.closest("form");
    if (!form) return;
    const saved = savedValuesOf(form);
    const key = newDraftKey(subject);
    const letGo = lockDraft(key);
    let isSaved = false;
    let isMounted = true;
    const isUnsaved = () => !isSaved && !isSame(valuesOf(form), saved);

    const keep = () => {
      if (isUnsaved()) {
        setStatus(saveDraft(key, valuesOf(form)) ? "kept" : "notKept");
      } else {
        deleteDraft(key);
        setStatus("");
      }
    };
    const forget = () => {
      isSaved = true;
      deleteDraft(key);
    };
    const askBeforeUnload = (event: BeforeUnloadEvent) => {
      if (isUnsaved()) event.preventDefault();
    };
    const waitForUploads = (event: SubmitEvent) => {
      if (!form.querySelector("progress")) return;
      event.preventDefault();
      setStatus("waiting");
    };
    // Before React hears of the click, and Next.js by it.
    const askBeforeLink = (event: MouseEvent) => {
      if (!isUnsaved() || !leadsAway(event) || mayLeave()) return;
      event.preventDefault();
      event.stopPropagation();
    };

    // Typed before this script was there.
    if (isUnsaved()) keep();
    findAbandonedDrafts(subject).then((found) => {
      if (!isMounted) return;
      const [same, others] = split(found, ({ values }) => isSame(values, saved));
      for (const draft of same) deleteDraft(draft.key);
      setDrafts(others);
    });
    form.addEventListener("input", keep);
    form.addEventListener("submit", waitForUploads);
    form.addEventListener(formSubmittedEvent, forget);
    window.addEventListener("beforeunload", askBeforeUnload);
    window.addEventListener("click", askBeforeLink, true);
    return () => {
      isMounted = false;
      letGo();
      form.removeEventListener("input", keep);
      form.removeEventListener("submit", waitForUploads);
      form.removeEventListener(formSubmittedEvent, forget);
      window.removeEventListener("beforeunload", askBeforeUnload);
      window.removeEventListener("click", askBeforeLink, true);
    };
  }, [subject]);

  function take(draft: Draft, isWanted: boolean): void {
    const form = place.current?.closest("form");
    if (!form) return;
    const others = drafts.filter((other) => other !== draft);
    const present = valuesOf(form);
    if (isWanted) fillIn(form, draft.values);
    deleteDraft(draft.key);
    // What was typed before one thought of restoring is offered in its turn.
    const isTyped = isWanted && !isSame(present, savedValuesOf(form));
    setDrafts(isTyped ? [...others, setAside(subject, present)] : others);
    field(form, "title")?.focus();
  }

  return (
    <div ref={place} className="contents">
      {offered && (
        <div className="with-margin">
          <section
            role="status"
            className="in-column mb-6 flex flex-wrap items-center gap-x-6 gap-y-2 border-y border-rule py-3"
          >
            <p className="min-w-0 flex-1 basis-64">
              {words.offer.replace("{when}", formatTime(offered.savedAt, document.documentElement.lang))}
            </p>
            <div className="flex gap-3">
              <button type="button" className="button" onClick={() => take(offered, true)}>
                {words.restore}
              </button>
              <button type="button" className="target px-3 text-muted" onClick={() => take(offered, false)}>
                {words.discard}
              </button>
            </div>
          </section>
        </div>
      )}
      {children}
      <div className="with-margin">
        <p aria-live="polite" className="in-column mt-3 min-h-5 text-13 text-muted">
          {status !== "" && words[status]}
        </p>
      </div>
    </div>
  );
}

function setAside(subject: string, values: Values): Draft {
  const key = newDraftKey(subject);
  saveDraft(key, values);
  return { key, values, savedAt: new Date().toISOString() };
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

function field(form: HTMLFormElement, name: string): TextField | null {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement ? found : null;
}

/** What stands in the form; of pictures that are still on their way nothing could be restored. */
function valuesOf(form: HTMLFormElement): Values {
  return readFields(form, ({ value }) => withoutPlaceholders(value));
}

/** What the server sent, whatever was typed since. */
function savedValuesOf(form: HTMLFormElement): Values {
  return readFields(form, ({ defaultValue }) => defaultValue.replaceAll("\r\n", "\n"));
}

function readFields(form: HTMLFormElement, read: (field: TextField) => string): Values {
  return Object.fromEntries(
    keptFields.flatMap((name) => {
      const found = field(form, name);
      if (!found) return [];
      return [[name, name === "publishAt" ? instantOf(read(found), form) : read(found)]];
    }),
  );
}

/** A time is kept apart from the clock that it was typed by, which changes when the script fills in the browser's own. */
function instantOf(wallTime: string, form: HTMLFormElement): string {
  return wallTime === "" ? "" : timeAtWall(wallTime, timeZoneOf(form)).toISOString();
}

function wallTimeIn(instant: string, form: HTMLFormElement): string {
  return instant === "" ? "" : wallTimeOf(new Date(instant), timeZoneOf(form));
}

function timeZoneOf(form: HTMLFormElement): string {
  return field(form, "timeZone")?.value ?? "UTC";
}

/** Whether nothing would be lost if one took the place of the other. */
function isSame(values: Values, others: Values): boolean {
  return keptFields.every((name) => name === "updatedAt" || (values[name] ?? "") === (others[name] ?? ""));
}

function fillIn(form: HTMLFormElement, values: Values): void {
  for (const name of keptFields) {
    const found = field(form, name);
    if (!found || values[name] === undefined) continue;
    found.value = name === "publishAt" ? wallTimeIn(values[name], form) : values[name];
    found.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

/** Whether a click takes one away from the page, in the same window. */
function leadsAway(event: MouseEvent): boolean {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.href || link.target === "_blank" || link.dataset.keepsDraft !== undefined) return false;
  // Of other sites the browser asks by itself.
  return link.origin === location.origin && link.pathname !== location.pathname;
}

function split<Item>(items: Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
