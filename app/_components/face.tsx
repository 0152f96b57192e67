import { Picture } from "./picture";

/** Somebody's picture, or else the first letter of their name. It says nothing by itself: the name stands beside it. */
export function Face({ name, image }: { name: string; image: string | null }) {
  const shape = "size-6 shrink-0 rounded-full";
  if (image) return <Picture src={image} alt="" className={`${shape} object-cover`} />;

  const [initial = ""] = name.trim();
  return (
    <span
      aria-hidden="true"
      className={`${shape} inline-flex items-center justify-center bg-ink text-13 leading-none font-semibold text-paper`}
    >
      {initial.toUpperCase()}
    </span>
  );
}
