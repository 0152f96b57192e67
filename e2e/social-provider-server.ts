import { startSocialProvider } from "@/lib/testing/servers/social-provider";

// A fake Google and GitHub for the end-to-end tests.

await startSocialProvider(Number(process.env.E2E_SOCIAL_PORT));
