"use client";

import { usePathname } from "next/navigation";
import { useFormError } from "@/app/_components/forms/client-form";
import { Link } from "@/app/_components/ui/link";

/** Links to reauthentication if recent authentication expired while the form was open. */
export function ReauthenticateAgain({ label }: { label: string }) {
  const returnTo = usePathname();
  if (useFormError() !== "auth/reauthentication-required") return null;
  return (
    <p className="-mt-4 mb-4">
      <Link href={`/reauthenticate?${new URLSearchParams({ returnTo })}`} className="target link">
        {label}
      </Link>
    </p>
  );
}
