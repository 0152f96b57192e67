/** What became of a file, or of a record in one. */
export type Result = {
  file: string;
  outcome: "imported" | "present" | "refused" | "exported";
  /** Why it was refused, or where the text is already. */
  reason?: string;
  /** What was left out of an imported one. */
  notes: string[];
};

/** Called after each file, to show progress. */
export type OnResult = (result: Result, done: number, total: number) => void;
