import { z } from "zod";
import { providerSettingNames, providerSettings } from "./provider-settings";
import { s3SettingNames, s3Settings } from "./s3-settings";

/** The placeholder for a secret in `.env.example`; a server that still has it does not start. */
export const exampleSecret = "replace-this-with-32-or-more-random-bytes";

function wholeNumber({ min, max }: { min: number; max: number }) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(error).int(error).min(min, error).max(max, error);
}

const year = 365 * 24 * 3600;

const seconds = wholeNumber({ min: 1, max: year });

const onOff = z
  .enum(["on", "off", "true", "false", "1", "0"], "must be on or off")
  .transform((text) => text === "on" || text === "true" || text === "1");

const origin = z
  .string()
  .trim()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    "must be an address such as https://blog.example.com",
  )
  .refine(
    (text) => !URL.canParse(text) || new URL(text).href === `${new URL(text).origin}/`,
    "must have no path, query or account",
  )
  .transform((text) => new URL(text).origin);

const origins = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .pipe(z.array(origin));

const required = "is not set";

/** Groups of settings: each picks its own variables from the environment. */
const groups = {
  providers: providerSettings, // part: social-sign-in
  s3: s3Settings,
};

const settings = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    /** Set by Vercel itself, as are the three below. */
    VERCEL: z.string().optional(),
    VERCEL_ENV: z.string().optional(),
    VERCEL_URL: z.string().optional(),
    VERCEL_PROJECT_PRODUCTION_URL: z.string().optional(),

    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must begin with postgresql://")
      .optional(),
    DATA_DIR: z.string().default(".data"),
    PORT: wholeNumber({ min: 0, max: 65_535 }).default(3000),
    APP_URL: origin.optional(),

    AUTH_SECRET: z
      .string(required)
      .refine(
        (text) => Buffer.byteLength(text) >= 32,
        "must have at least 32 bytes; `openssl rand -base64 32` makes one",
      )
      .refine((text) => text !== exampleSecret, "is still the example's; `openssl rand -base64 32` makes one")
      .refine(
        (text) => new Set(text).size >= 8,
        "repeats itself; `openssl rand -base64 32` makes a better one",
      ),
    PUBLISHABLE_KEY: z.string(required).regex(/^pk_[0-9a-f]{64}$/, "must be pk_ and 64 hexadecimal digits"),
    SECRET_KEY: z.string(required).regex(/^sk_[0-9a-f]{64}$/, "must be sk_ and 64 hexadecimal digits"),
    PROJECT_ID: z.string().default("blog"),
    ENVIRONMENT: z.enum(["dev", "staging", "prod"], "must be dev, staging or prod").default("dev"),

    ACCESS_TOKEN_TTL: seconds.default(3600),
    REFRESH_TOKEN_TTL: seconds.default(30 * 24 * 3600),
    REFRESH_REUSE_INTERVAL: wholeNumber({ min: 0, max: 3600 }).default(10),

    PASSWORD_MIN_LENGTH: wholeNumber({ min: 1, max: 72 }).default(8),
    PASSWORD_REQUIRE_UPPERCASE: onOff.default(false),
    PASSWORD_REQUIRE_LOWERCASE: onOff.default(false),
    PASSWORD_REQUIRE_NUMBER: onOff.default(false),
    PASSWORD_REQUIRE_SPECIAL: onOff.default(false),
    PASSWORD_BLOCK_COMMON: onOff.default(true),
    /** Each step doubles the work. Only the tests lower it to 10. */
    BCRYPT_COST: wholeNumber({ min: 10, max: 15 }).default(12),

    /** Sign-in by a link in an email. */
    MAGIC_LINK: onOff.default(true),
    MAGIC_LINK_TTL: seconds.default(900),

    /** Who may publish articles. */
    PUBLISHING: z
      .enum(["members", "confirmed", "admins"], "must be members, confirmed or admins")
      .default("confirmed"),

    /** Who may sign up. Invitations work with every value. */
    REGISTRATION: z
      .enum(["open", "invitation", "closed"], "must be open, invitation or closed")
      .default("open"),

    RESEND_API_KEY: z.string().optional(),
    EMAIL_FROM: z
      .string()
      .regex(
        /^[^<>\p{C}]*<[^<>@\s]+@[^<>@\s]+>$|^[^<>@\s]+@[^<>@\s]+$/u,
        "must be like Blog <hello@example.com>",
      )
      .optional(),
    /** Lets a scheduler call `/api/cron`, which does not exist without it. */
    CRON_SECRET: z.string().min(16, "must have at least 16 characters").optional(),

    CALLBACK_URL_ORIGINS: origins.optional(),
    CORS_ORIGINS: origins.optional(),

    ...groups,
    /** The quota for the images of one account. */
    STORAGE_QUOTA_MB: wholeNumber({ min: 1, max: 1_000_000 }).default(500),

    RATE_LIMITS: onOff.default(true),
    TRUSTED_PROXIES: wholeNumber({ min: 0, max: 10 }).optional(),
  })
  .refine((env) => !env.RESEND_API_KEY || env.EMAIL_FROM, {
    path: ["EMAIL_FROM"],
    error: "is required together with RESEND_API_KEY, such as Blog <hello@example.com>",
    // Also when other settings are invalid, so that all problems are reported at once.
    when: () => true,
  })
  .transform(({ TRUSTED_PROXIES, VERCEL, ...env }) => {
    const APP_URL = env.APP_URL ?? vercelUrl(env) ?? `http://localhost:${env.PORT}`;
    return {
      ...env,
      APP_URL,
      TRUSTED_PROXIES: TRUSTED_PROXIES ?? (VERCEL ? 1 : 0),
      isHttps: APP_URL.startsWith("https:"),
      isProduction: env.NODE_ENV === "production",
      isVercel: Boolean(VERCEL),
    };
  });

export type Env = z.output<typeof settings>;

/** Every variable that is read here. */
export const settingNames: readonly string[] = [
  ...Object.keys(settings.in.shape).filter((name) => !isGroup(name)),
  ...providerSettingNames, // part: social-sign-in
  ...s3SettingNames,
];

function isGroup(name: PropertyKey | undefined): boolean {
  return name !== undefined && Object.hasOwn(groups, name);
}

/** What is wrong with one variable, without its value. */
export type SettingsProblem = { name: string; problem: string };

/** Lists the settings that are invalid or missing, one per line, without their values. */
export class SettingsError extends Error {
  override name = "SettingsError";

  constructor(
    message: string,
    readonly problems: SettingsProblem[],
  ) {
    super(message);
  }
}

let checked: Env | undefined;

/**
 * The settings, read from the environment once.
 *
 * @throws SettingsError that names every invalid or missing variable.
 * @see `.env.example`
 */
export function env(): Env {
  checked ??= readSettings(process.env);
  return checked;
}

/**
 * Reads settings from a set of variables. An empty value counts as unset.
 *
 * @throws SettingsError that names every invalid or missing variable.
 */
export function readSettings(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const result = settings.safeParse({
    ...given,
    ...Object.fromEntries(Object.keys(groups).map((group) => [group, given])),
  });
  if (result.success) return result.data;

  const problems = result.error.issues.map(({ path, message }) => ({
    name: String(isGroup(path[0]) ? path[1] : path[0]),
    problem: message,
  }));
  const lines = problems.map(({ name, problem }) => `  ${name} ${problem}`);
  throw new SettingsError(
    [
      "The server cannot start because some settings are not valid:",
      ...new Set(lines),
      "`.env.example` explains each of them.",
    ].join("\n"),
    problems,
  );
}

/** On Vercel, production and each preview have URLs of their own. */
function vercelUrl(vercel: {
  VERCEL_ENV?: string;
  VERCEL_URL?: string;
  VERCEL_PROJECT_PRODUCTION_URL?: string;
}): string | undefined {
  const host = vercel.VERCEL_ENV === "production" ? vercel.VERCEL_PROJECT_PRODUCTION_URL : vercel.VERCEL_URL;
  return host && `https://${host}`;
}
