/** The widths in pixels that a stored image can be asked for in. */
export const imageWidths = [320, 640, 960, 1280, 1920] as const;
