import type { PictureSize } from "@/lib/files/picture-sizes";
import { sourceSetOf } from "@/lib/files/source-set";

/**
 * An image that is stored here or elsewhere. The server of one that is stored elsewhere is not told which page shows it,
 * and it is never sent through a resizer, which could be asked to fetch from anywhere.
 *
 * @param size the dimensions of an image of our store: the browser keeps its place, and loads no more than it shows.
 * @param sizes how wide it is shown.
 * @param isFirst the first one of a page is loaded at once, before what is further down.
 */
export function Picture({
  src,
  alt,
  className,
  loading = "lazy",
  size,
  sizes = "100vw",
  isFirst = false,
}: {
  src: string;
  alt: string;
  className?: string;
  loading?: "lazy" | "eager";
  size?: PictureSize | undefined;
  sizes?: string;
  isFirst?: boolean;
}) {
  const srcSet = size && sourceSetOf(src, size);
  return (
    <picture>
      <img
        {...(srcSet && { srcSet, sizes })}
        src={src}
        alt={alt}
        width={size?.width}
        height={size?.height}
        className={className}
        loading={isFirst ? "eager" : loading}
        fetchPriority={isFirst ? "high" : undefined}
        decoding="async"
        referrerPolicy="no-referrer"
      />
    </picture>
  );
}
