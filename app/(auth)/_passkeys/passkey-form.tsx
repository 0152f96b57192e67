import { getMessages } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import type { FormActionFunction } from "@/lib/web/forms/form-state";
import { PasskeyButton } from "./passkey-button";

/**
 * A form that is submitted with a passkey. Passkeys need JavaScript: without it the form is not shown.
 *
 * @param isAutofilled whether the autofill menu of the username field also offers passkeys.
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
      <Form action={action} hidden={{ returnTo }}>
        <PasskeyButton isAutofilled={isAutofilled} messages={passkeys.dialog} />
      </Form>
    </div>
  );
}
