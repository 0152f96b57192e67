/** Stands in the `summary` of a `details` and shows that there is more: a plus that turns while it is open. */
export function DisclosureIcon() {
  return (
    <span
      aria-hidden="true"
      className="w-3 text-center font-normal text-muted [details[open]>summary>&]:rotate-45"
    >
      +
    </span>
  );
}
