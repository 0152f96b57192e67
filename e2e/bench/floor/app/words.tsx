/** The bytes that Next.js adds to the text of a page. */
const frameBytes = 5_500;

/** Fills a page up to a size in bytes. Next.js sends each text twice, as HTML and for the router. */
export function Words({ bytes }: { bytes: number }) {
  const count = Math.max(1, Math.round((bytes - frameBytes) / 450));
  const text = "word ".repeat(40);
  return Array.from({ length: count }, (_, index) => index).map((index) => <p key={index}>{text}</p>);
}
