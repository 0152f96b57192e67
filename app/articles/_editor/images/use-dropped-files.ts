import { type RefObject, useEffect, useEffectEvent, useState } from "react";

/**
 * Takes files that are dropped on a part of the page, or pasted into it.
 *
 * @returns whether some are held over it.
 */
export function useDroppedFiles(
  place: RefObject<HTMLElement | null>,
  take: (files: File[]) => void,
): boolean {
  const [isOver, setOver] = useState(false);

  const hand = useEffectEvent((event: Event, files: FileList | undefined) => {
    if (!files || files.length === 0) return;
    event.preventDefault();
    take([...files]);
  });

  useEffect(() => {
    const target = place.current;
    if (!target) return;
    const listeners = new AbortController();
    const { signal } = listeners;
    const leave = () => setOver(false);
    target.addEventListener(
      "paste",
      (event) => {
        // Cells of a spreadsheet come as text and as a picture of themselves: the text is meant.
        if (event.clipboardData?.types.includes("text/plain")) return;
        hand(event, event.clipboardData?.files);
      },
      { signal },
    );
    target.addEventListener(
      "dragover",
      (event) => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    target.addEventListener("dragleave", leave, { signal });
    target.addEventListener(
      "drop",
      (event) => {
        leave();
        hand(event, event.dataTransfer?.files);
      },
      { signal },
    );
    return () => listeners.abort();
  }, [place]);

  return isOver;
}
