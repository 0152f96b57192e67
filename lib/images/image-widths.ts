/** The widths in pixels in which a stored image can be requested. */
export const imageWidths = [320, 640, 960, 1280, 1920] as const;
