"use client";

import { useEffect, useRef } from "react";
import { sentEvent } from "@/app/_components/live-form";
import { forgetDraftsOf } from "./stored-drafts";

/** In a form that deletes an account: what its owner was writing in this browser goes along with it. */
export function ForgetDrafts({ userId }: { userId: string }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const form = place.current?.closest("form");
    const forget = () => forgetDraftsOf(userId);
    form?.addEventListener(sentEvent, forget);
    return () => form?.removeEventListener(sentEvent, forget);
  }, [userId]);
  return <span ref={place} hidden />;
}
