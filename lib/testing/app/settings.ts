import { providerSettingNames } from "../../config/provider-settings";

/**
 * Every setting, so that a developer's `.env.local` does not affect tests: the environment takes precedence over the
 * file, and an empty value counts as unset.
 */
export const testSettings = {
  DATABASE_URL: "",
  APP_URL: "",
  AUTH_SECRET: "test-only-kX2vJ8qLr5Tz0WmYc7Hn4Bf1",
  PUBLISHABLE_KEY: `pk_${"0123456789abcdef".repeat(4)}`,
  SECRET_KEY: `sk_${"fedcba9876543210".repeat(4)}`,
  PROJECT_ID: "",
  ENVIRONMENT: "",
  ACCESS_TOKEN_TTL: "",
  REFRESH_TOKEN_TTL: "",
  REFRESH_REUSE_INTERVAL: "",
  PASSWORD_MIN_LENGTH: "6",
  PASSWORD_REQUIRE_UPPERCASE: "",
  PASSWORD_REQUIRE_LOWERCASE: "",
  PASSWORD_REQUIRE_NUMBER: "",
  PASSWORD_REQUIRE_SPECIAL: "",
  PASSWORD_BLOCK_COMMON: "off",
  PUBLISHING: "members",
  REGISTRATION: "",
  MAGIC_LINK: "",
  MAGIC_LINK_TTL: "",
  RESEND_API_KEY: "",
  EMAIL_FROM: "",
  CRON_SECRET: "",
  ...Object.fromEntries(providerSettingNames.map((name) => [name, ""])), // part: social-sign-in
  CALLBACK_URL_ORIGINS: "",
  CORS_ORIGINS: "",
  S3_BUCKET: "",
  S3_REGION: "",
  S3_ENDPOINT: "",
  S3_ACCESS_KEY_ID: "",
  S3_SECRET_ACCESS_KEY: "",
  S3_PUBLIC_URL: "",
  RATE_LIMITS: "",
  // A test can choose its client address by X-Forwarded-For.
  TRUSTED_PROXIES: "1",
  VERCEL: "",
  // A quarter of the work of 12, to speed up sign-ins in tests.
  BCRYPT_COST: "10",
};
