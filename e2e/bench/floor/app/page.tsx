/** Plain text only. */
export default function Page() {
  return <p>Words.</p>;
}
