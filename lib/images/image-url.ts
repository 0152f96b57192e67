import { z } from "zod";
import { env } from "@/lib/config/env";

/** @returns the absolute URL of a picture: a path is on this site. */
export function absoluteImageUrl(address: string): string {
  return address.startsWith("/") ? env().APP_URL + address : address;
}

/** The absolute URL of a picture in a response. */
export const imageUrl = z.codec(z.string(), z.string(), {
  decode: (address) => address,
  encode: absoluteImageUrl,
});
