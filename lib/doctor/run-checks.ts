import { checkDatabase } from "./check-database";
import { checkMail } from "./check-mail";
import { checkNode } from "./check-node";
import { checkSettings } from "./check-settings";
import { checkStorage } from "./check-storage";
import type { Finding } from "./finding";

/**
 * Checks everything that the blog needs to run. Services with invalid settings are skipped.
 *
 * @param variables the environment.
 */
export async function runChecks(variables: Record<string, string | undefined>): Promise<Finding[]> {
  const { findings, settings } = checkSettings(variables);
  const behind = settings
    ? await Promise.all([
        checkDatabase(settings),
        checkMail(settings, variables.RESEND_BASE_URL),
        checkStorage(settings),
      ])
    : [];
  return [...checkNode(process.versions.node), ...findings, ...behind.flat()];
}

/** Formats findings for a terminal: a symbol, the subject, the finding, and below it the remedy. */
export function reportOf(findings: Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const lines = findings.flatMap(({ level, subject, says, remedy }) => [
    `  ${signs[level]} ${subject.padEnd(width)}  ${says}`,
    ...(remedy ? [`    ${" ".repeat(width)}  → ${remedy}`] : []),
  ]);
  return [...lines, "", summaryOf(findings)].join("\n");
}

const signs = { good: "✓", warning: "!", error: "✗" } as const;

function summaryOf(findings: Finding[]): string {
  const count = (level: Finding["level"]) => findings.filter((finding) => finding.level === level).length;
  const [errors, warnings] = [count("error"), count("warning")];
  if (errors + warnings === 0) return "  All is well.";
  return `  ${errors} ${errors === 1 ? "error" : "errors"}, ${warnings} ${warnings === 1 ? "warning" : "warnings"}.`;
}
