/**
 * Names the user of a form for a password, so that password managers keep it under that name: they ignore hidden
 * fields. Out of sight and of the tab order, and nothing that can be changed.
 */
export function UsernameField({ name = "username", email }: { name?: string; email: string }) {
  return (
    <input
      type="text"
      name={name}
      value={email}
      autoComplete="username"
      readOnly
      tabIndex={-1}
      aria-hidden="true"
      className="sr-only"
    />
  );
}
