import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isSignatureValid, newExpiry, signUrl } from "./signed-urls";

const key = "0123456789abcdef0123456789abcdef";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function signatureIn(address: string) {
  return Object.fromEntries(new URL(address).searchParams);
}

test("a signed URL expires after fifteen minutes", () => {
  const signature = signatureIn(signUrl("PUT", key, newExpiry()));
  vi.advanceTimersByTime(14 * 60_000);
  expect(isSignatureValid("PUT", key, signature)).toBe(true);
  vi.advanceTimersByTime(60_000);
  expect(isSignatureValid("PUT", key, signature)).toBe(false);
});

test("a signed URL allows one action on one file", () => {
  const signature = signatureIn(signUrl("PUT", key, newExpiry()));
  expect(isSignatureValid("GET", key, signature)).toBe(false);
  expect(isSignatureValid("PUT", key.replace("0", "1"), signature)).toBe(false);
  expect(isSignatureValid("PUT", key, { ...signature, expires: String(Number(signature.expires) + 1) })).toBe(
    false,
  );
  expect(isSignatureValid("PUT", key, {})).toBe(false);
});
