"use client";

export function PrintButton({ label }: { label: string }) {
  return (
    <button type="button" className="target link needs-script print:hidden" onClick={() => window.print()}>
      {label}
    </button>
  );
}
