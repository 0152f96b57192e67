import type { PictureSize } from "@/lib/files/picture-sizes";
import { sourceSetOf } from "@/lib/files/source-set";

/**
 * An image in our storage or on another server. Another server does not learn which page shows it (no referrer), and
 * its images never pass through a resizer, which could be made to fetch any URL.
 *
 * @param size the dimensions of an image in our storage: the browser reserves its space and loads the width it needs.
 * @param sizes the `sizes` attribute: how wide the image is shown.
 * @param isFirst whether it is the first image of the page, which is loaded at once.
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
