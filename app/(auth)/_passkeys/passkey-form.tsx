import { getMessages } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import type { FormActionFunction } from "@/lib/web/forms/form-state";
import { passkeyRequestOptionsAction } from "./passkey-actions";
import { PasskeyButton } from "./passkey-button";

/**
 * The form that is submitted with a passkey. Without JavaScript there are no passkeys, and no button.
 *
 * @param isAutofilled whether passkeys are also offered where the browser fills in the user's name.
 */
export async function PasskeyForm({
  action,
  returnTo,
  isAutofilled,
}: {
  action: FormActionFunction;
  returnTo: string;
  isAutofilled?: boolean;
}) {
  const { passkeys } = await getMessages();
  return (
    <div className="needs-script">
      <Form action={action}>
        <input type="hidden" name="returnTo" value={returnTo} />
        <PasskeyButton
          getOptions={passkeyRequestOptionsAction}
          isAutofilled={isAutofilled}
          messages={passkeys.dialog}
        />
      </Form>
    </div>
  );
}
