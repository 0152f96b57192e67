import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isSigned, newExpiry, signAddress } from "./signed-addresses";

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

test("a signed address is good for fifteen minutes, and no longer", () => {
  const signature = signatureIn(signAddress("PUT", key, newExpiry()));
  vi.advanceTimersByTime(14 * 60_000);
  expect(isSigned("PUT", key, signature)).toBe(true);
  vi.advanceTimersByTime(60_000);
  expect(isSigned("PUT", key, signature)).toBe(false);
});

test("it is good for one thing with one file", () => {
  const signature = signatureIn(signAddress("PUT", key, newExpiry()));
  expect(isSigned("GET", key, signature)).toBe(false);
  expect(isSigned("PUT", key.replace("0", "1"), signature)).toBe(false);
  expect(isSigned("PUT", key, { ...signature, expires: String(Number(signature.expires) + 1) })).toBe(false);
  expect(isSigned("PUT", key, {})).toBe(false);
});
