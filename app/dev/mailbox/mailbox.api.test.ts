import { expect, inject, test } from "vitest";

const url = inject("appUrl");

test.each(["/dev/mailbox", "/dev/mailbox.json", "/api/cron/deliver-mail"])(
  "in production with default settings, %s does not exist",
  async (path) => {
    const response = await fetch(url + path, { headers: { Authorization: "Bearer undefined" } });
    expect(response.status).toBe(404);
  },
);
