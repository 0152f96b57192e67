"use client";

import { useFormListener } from "@/app/_components/forms/client-form";
import { deleteDraftsOf } from "./stored-drafts";

/** Removes the user's drafts from this browser once the form around it has deleted the account. */
export function ClearDrafts({ userId }: { userId: string }) {
  useFormListener({ onSubmitted: () => deleteDraftsOf(userId) });
  return null;
}
