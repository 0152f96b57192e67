/** The logo of the site: indented lines of text. The icon is the same drawing. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" className="size-5 shrink-0" aria-hidden="true">
      <rect width="32" height="32" rx="6" className="fill-accent" />
      <g className="fill-paper">
        <rect x="14" y="8" width="11" height="2.5" rx="1" />
        <rect x="14" y="14.75" width="11" height="2.5" rx="1" />
        <rect x="14" y="21.5" width="7" height="2.5" rx="1" />
      </g>
    </svg>
  );
}
