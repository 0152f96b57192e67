/** The icon in the `summary` of a `details` element: a plus that is rotated while the element is open. */
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
