/** The outcome of a file, or of a record in one. */
export type Result = {
  file: string;
  outcome: "imported" | "present" | "refused" | "exported";
  /** Why it was refused, or where the text already exists. */
  reason?: string;
  /** What was omitted from the import. */
  notes: string[];
};

/** Called after each file, to show progress. */
export type OnResult = (result: Result, done: number, total: number) => void;
