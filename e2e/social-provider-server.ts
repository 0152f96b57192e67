import { startSocialProvider } from "@/lib/testing/servers/social-provider";

// Stands in for Google and GitHub while the journeys run.

await startSocialProvider(Number(process.env.E2E_SOCIAL_PORT));
