/** Words and nothing else. */
export default function Page() {
  return <p>Words.</p>;
}
