import { z } from "zod";
import { env } from "@/lib/env";
import { isOwnImage } from "./image-path";

/** @returns the address by which the world knows a picture. */
export function absoluteImageAddress(address: string): string {
  return isOwnImage(address) ? env().APP_URL + address : address;
}

/** The address of a picture in an answer: absolute. */
export const imageAddress = z.codec(z.string(), z.string(), {
  decode: (address) => address,
  encode: absoluteImageAddress,
});
