import { expect, inject, test } from "vitest";

const url = inject("appUrl");

test.each(["/dev/mailbox", "/dev/mailbox.json", "/api/cron/deliver-mail"])(
  "in production, as it comes, there is no %s",
  async (path) => {
    const response = await fetch(url + path, { headers: { Authorization: "Bearer undefined" } });
    expect(response.status).toBe(404);
  },
);
