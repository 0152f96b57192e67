import { isStoredImage } from "@/lib/images/image-path";
import { imageWidths } from "@/lib/images/image-widths";
import { Picture } from "./picture";

const sizes = {
  small: { pixels: 24, className: "size-6 text-13" },
  large: { pixels: 64, className: "size-16 text-24" },
} as const;

const [narrowest] = imageWidths;

/**
 * The avatar of a user, or the first letter of their name. It has no alternative text, since the name is beside it.
 * An image on another server, such as a sign-in provider's, is not shown: that server would learn who reads what.
 */
export function Avatar({
  name,
  image,
  size = "small",
}: {
  name: string;
  image: string | null;
  size?: keyof typeof sizes;
}) {
  const { pixels, className } = sizes[size];
  const shape = `${className} shrink-0 rounded-full`;
  if (image && isStoredImage(image)) {
    return (
      <Picture
        // The narrowest variant, half the width of the stored image.
        src={`${image}?width=${narrowest}`}
        alt=""
        size={{ width: pixels, height: pixels }}
        className={`${shape} object-cover`}
      />
    );
  }

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
