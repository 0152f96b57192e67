/** How the site may look: as the system does, or always light, or always dark. */
export const themes = ["system", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

/** @returns whether a text names a theme. */
export function isTheme(text: unknown): text is Theme {
  return themes.some((theme) => theme === text);
}
