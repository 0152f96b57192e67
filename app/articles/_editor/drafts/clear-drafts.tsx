"use client";

import { useFormListener } from "@/app/_components/forms/client-form";
import { deleteDraftsOf } from "./stored-drafts";

/** Removes the user's unsaved changes from this browser when the form around it, which deletes the account, was submitted. */
export function ClearDrafts({ userId }: { userId: string }) {
  useFormListener({ onSubmitted: () => deleteDraftsOf(userId) });
  return null;
}
