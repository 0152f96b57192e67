import { Words } from "../words";

/** A page that Next.js rendered when it was built. */
export default function Page() {
  return <Words />;
}
