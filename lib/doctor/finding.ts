/** What the doctor says about one thing. */
export type Finding = {
  /** What was looked at: a setting, the database, … */
  subject: string;
  level: "good" | "warning" | "error";
  /** Never a secret. */
  says: string;
  /** What exactly to do, where there is something to do. */
  remedy?: string;
};

/** It works as it should. */
export function good(subject: string, says: string): Finding {
  return { subject, level: "good", says };
}

/** It works, but may be unexpected. */
export function warning(subject: string, says: string, remedy: string): Finding {
  return { subject, level: "warning", says, remedy };
}

/** It does not work. */
export function problem(subject: string, says: string, remedy: string): Finding {
  return { subject, level: "error", says, remedy };
}
