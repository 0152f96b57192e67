import { expect, test } from "vitest";
import { xmlText } from "./xml";

test.each([
  [`a & b < c > d "e" 'f'`, "a &amp; b &lt; c &gt; d &quot;e&quot; &apos;f&apos;"],
  ["]]></script>", "]]&gt;&lt;/script&gt;"],
  ["\u0000\u0001\u0008\u000b\u001f\ufffe\uffff", ""],
  ["a\tb\nc\r", "a\tb\nc\r"],
  ["half \ud83d a pair", "half  a pair"],
  ["여백 \u{1f58b}", "여백 \u{1f58b}"],
])("%j is written as %j", (text, written) => {
  expect(xmlText(text)).toBe(written);
});
