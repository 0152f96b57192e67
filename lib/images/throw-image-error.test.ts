import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { throwImageError } from "./throw-image-error";

// As the library says them.
test.each([
  ["VipsJpeg: premature end of JPEG image", "file/invalid-format"],
  ["vipspng: libpng read error", "file/invalid-format"],
  ["Unknown error", "file/invalid-format"],
  ["Input buffer has corrupt header: webp: unable to parse image", "file/invalid-format"],
  ["timeout: 54% complete", "common/unavailable"],
  ["vips_tracked: out of memory --- size == 160MB", "common/unavailable"],
])("%s is answered with %s", (message, code) => {
  expect(() => throwImageError(new Error(message))).toThrow(expect.objectContaining({ code }));
});

test.each([
  new Error("Input buffer contains unsupported image format"),
  new Error('VipsOperation: class "webpsave_buffer" not found'),
  new TypeError("image.resized is not a function"),
  new AppError("file/not-found"),
])("what is no fault of the image stays what it is: %s", (error) => {
  expect(() => throwImageError(error)).toThrow(error);
});
