import type { ReactNode } from "react";

/** The minimum that a page needs, so that only the overhead of Next.js itself is sent. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
