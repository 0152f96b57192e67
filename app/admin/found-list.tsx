import type { ReactNode } from "react";

/**
 * What a filtered list found.
 *
 * @param found says how many there are.
 */
export function FoundList<Item extends { id: string }>({
  found,
  items,
  children: show,
}: {
  found: string;
  items: Item[];
  children: (item: Item) => ReactNode;
}) {
  return (
    <>
      <p role="status" className="mt-8 text-muted">
        {found}
      </p>
      <ul className="mt-3 border-t border-rule">
        {items.map((item) => (
          <li key={item.id} className="border-b border-rule py-2">
            {show(item)}
          </li>
        ))}
      </ul>
    </>
  );
}
