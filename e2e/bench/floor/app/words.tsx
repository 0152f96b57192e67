/** Paragraphs that make a page of so many bytes: Next.js sends each text twice, as HTML and for the router. */
export function Words() {
  const count = Math.max(1, Math.round(Number(process.env.PAGE_BYTES ?? 0) / 500));
  const text = "word ".repeat(40);
  return Array.from({ length: count }, (_, index) => index).map((index) => <p key={index}>{text}</p>);
}
