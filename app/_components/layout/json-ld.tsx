/**
 * What a page is about, for machines. The browser does not run it, so it needs no nonce.
 *
 * @param data by https://schema.org; what is undefined is left out.
 */
export function JsonLd({ data }: { data: Record<string, unknown> }) {
  const json = JSON.stringify({ "@context": "https://schema.org", ...data });
  // A title may hold `</script>`: escaped, it ends nothing.
  return <script type="application/ld+json">{json.replaceAll("<", "\\u003c")}</script>;
}
