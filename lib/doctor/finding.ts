/** The result of one check. */
export type Finding = {
  /** The subject of the check: a setting, the database, … */
  subject: string;
  level: "good" | "warning" | "error";
  /** The finding. Contains no secret. */
  says: string;
  /** How to fix it, if something is wrong. */
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
