import type { ReactNode } from "react";

/**
 * The results of a filtered list.
 *
 * @param found the message with the number of results.
 */
export function FoundList<Item extends { id: string }>({
  found,
  items,
  children: renderItem,
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
            {renderItem(item)}
          </li>
        ))}
      </ul>
    </>
  );
}
