import { z } from "zod";
import { env } from "@/lib/config/env";

/** @returns the address by which the world knows a picture: a path is one on this site. */
export function absoluteImageUrl(address: string): string {
  return address.startsWith("/") ? env().APP_URL + address : address;
}

/** The address of a picture in an answer: absolute. */
export const imageUrl = z.codec(z.string(), z.string(), {
  decode: (address) => address,
  encode: absoluteImageUrl,
});
