"use client";

import { useEffect, useRef } from "react";
import { formSubmittedEvent } from "@/app/_components/forms/client-form";
import { deleteDraftsOf } from "./stored-drafts";

/** In a form that deletes an account: what its owner was writing in this browser goes along with it. */
export function ClearDrafts({ userId }: { userId: string }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const form = place.current?.closest("form");
    const forget = () => deleteDraftsOf(userId);
    form?.addEventListener(formSubmittedEvent, forget);
    return () => form?.removeEventListener(formSubmittedEvent, forget);
  }, [userId]);
  return <span ref={place} hidden />;
}
