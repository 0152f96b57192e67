/**
 * A picture as it is stored, here or elsewhere. It is not sent through a resizer, which could be asked to fetch
 * from anywhere, and its server is not told which page shows it.
 */
export function Picture({
  src,
  alt,
  className,
  loading = "lazy",
}: {
  src: string;
  alt: string;
  className?: string;
  loading?: "lazy" | "eager";
}) {
  return (
    <picture>
      <img
        src={src}
        alt={alt}
        className={className}
        loading={loading}
        decoding="async"
        referrerPolicy="no-referrer"
      />
    </picture>
  );
}
