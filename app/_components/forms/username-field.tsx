/**
 * Tells password managers which account the password of a form belongs to. They ignore hidden fields, so this one is
 * moved out of sight and out of the tab order, and is read-only.
 */
export function UsernameField({ email }: { email: string }) {
  return (
    <input
      type="text"
      name="username"
      value={email}
      autoComplete="username"
      readOnly
      tabIndex={-1}
      aria-hidden="true"
      className="sr-only"
    />
  );
}
