/**
 * Structured data about a page. The browser does not run it, so it needs no nonce.
 *
 * @param data as in https://schema.org; undefined values are omitted.
 */
export function JsonLd({ data }: { data: Record<string, unknown> }) {
  const json = JSON.stringify({ "@context": "https://schema.org", ...data });
  // A title may contain `</script>`: escaped, it cannot end the element.
  return <script type="application/ld+json">{json.replaceAll("<", "\\u003c")}</script>;
}
