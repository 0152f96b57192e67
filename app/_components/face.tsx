import { isOwnImage } from "@/lib/files/image-path";
import { Picture } from "./picture";

const sizes = { small: "size-6 text-13", large: "size-16 text-24" } as const;

/**
 * Somebody's picture, or else the first letter of their name. It says nothing by itself: the name stands beside it.
 * A picture that lies elsewhere (a provider's, from a social sign-in) is not shown: its server would be told who reads
 * what.
 */
export function Face({
  name,
  image,
  size = "small",
}: {
  name: string;
  image: string | null;
  size?: keyof typeof sizes;
}) {
  const shape = `${sizes[size]} shrink-0 rounded-full`;
  if (image && isOwnImage(image)) return <Picture src={image} alt="" className={`${shape} object-cover`} />;

  const [initial = ""] = name.trim();
  return (
    <span
      aria-hidden="true"
      className={`${shape} inline-flex items-center justify-center bg-ink leading-none font-semibold text-paper`}
    >
      {initial.toUpperCase()}
    </span>
  );
}
