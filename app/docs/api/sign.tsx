/** Shows that there is more: a plus that turns while its `details` (a `group`) is open. */
export function Sign() {
  return (
    <span aria-hidden="true" className="w-3 text-center font-normal text-muted group-open:rotate-45">
      +
    </span>
  );
}
