import type { ReactNode } from "react";

/** The least that a page needs: what Next.js itself sends to a browser. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
