/** The color schemes: that of the operating system, or always light or dark. */
export const themes = ["system", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

/** @returns whether a text is the name of a theme. */
export function isTheme(text: unknown): text is Theme {
  return themes.some((theme) => theme === text);
}
