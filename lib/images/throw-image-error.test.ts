import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { throwImageError } from "./throw-image-error";

// Messages of the library.
test.each([
  ["VipsJpeg: premature end of JPEG image", "file/invalid-format"],
  ["vipspng: libpng read error", "file/invalid-format"],
  ["Unknown error", "file/invalid-format"],
  ["Input buffer has corrupt header: webp: unable to parse image", "file/invalid-format"],
  ["timeout: 54% complete", "common/unavailable"],
  ["vips_tracked: out of memory --- size == 160MB", "common/unavailable"],
])("the library error %s becomes %s", (message, code) => {
  expect(() => throwImageError(new Error(message))).toThrow(expect.objectContaining({ code }));
});

test.each([
  new Error("Input buffer contains unsupported image format"),
  new Error('VipsOperation: class "webpsave_buffer" not found'),
  new TypeError("image.resized is not a function"),
  new AppError("file/not-found"),
])("an error that the image did not cause is unchanged: %s", (error) => {
  expect(() => throwImageError(error)).toThrow(error);
});
