/** The header and payload of a JWT, which anyone can read. */
export type DecodedToken = { header: Record<string, unknown>; claims: Record<string, unknown> };

/**
 * Decodes a JWT without verifying its signature, which only the server can do.
 *
 * @returns null for a text that is not a JWT.
 */
export function decodeToken(token: string): DecodedToken | null {
  const [header, claims] = token.split(".").map(decodePart);
  return header && claims ? { header, claims } : null;
}

function decodePart(part: string): Record<string, unknown> | null {
  try {
    const binary = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
