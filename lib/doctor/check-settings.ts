import { type Env, readSettings, SettingsError, type SettingsProblem, settingNames } from "@/lib/config/env";
import { providers, socialProviders } from "@/lib/social-providers/social-providers";
import { type Finding, good, problem, warning } from "./finding";

type Variables = Record<string, string | undefined>;

/**
 * Checks the settings: those that prevent the server from starting, and those that are likely
 * mistakes.
 *
 * @returns the settings as well, if they can be read.
 */
export function checkSettings(variables: Variables): { findings: Finding[]; settings: Env | undefined } {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
  const early = [...misspelledNames(given), ...sharedKeys(given)];
  try {
    const settings = readSettings(given);
    return {
      settings,
      findings: [
        good("Settings", "The server starts with them."),
        ...early,
        ...weakSecrets(given),
        ...addresses(settings),
        ...looseLimits(settings),
        ...callbacks(settings), // part: social-sign-in
      ],
    };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const already = new Set(early.map(({ subject }) => subject));
    // Report the first problem of a setting; fixing it may resolve the others.
    const first = new Map(error.problems.toReversed().map((found) => [found.name, found]));
    const problems = [...first.values()]
      .filter(({ name }) => !already.has(name))
      .toReversed()
      .map(problemOf);
    return { settings: undefined, findings: [...problems, ...early] };
  }
}

const generateCommands: Record<string, string> = {
  AUTH_SECRET: 'echo "AUTH_SECRET=$(openssl rand -base64 32)" >> .env.local',
  PUBLISHABLE_KEY: 'echo "PUBLISHABLE_KEY=pk_$(openssl rand -hex 32)" >> .env.local',
  SECRET_KEY: 'echo "SECRET_KEY=sk_$(openssl rand -hex 32)" >> .env.local',
  CRON_SECRET: 'echo "CRON_SECRET=$(openssl rand -hex 32)" >> .env.local',
};

function problemOf({ name, problem: says }: SettingsProblem): Finding {
  const command = generateCommands[name];
  return problem(
    name,
    `It ${says}.`,
    command
      ? `${command} (npm run dev makes what is missing by itself)`
      : `Set ${name} as .env.example explains.`,
  );
}

/** Reports names that resemble a setting: a misspelled name would be ignored silently. */
function misspelledNames(given: Variables): Finding[] {
  return Object.keys(given)
    .filter((name) => !settingNames.includes(name) && /^[A-Z][A-Z0-9_]{3,}$/.test(name))
    .flatMap((name) => {
      const meant = settingNames.find((known) => known.length > 4 && isNear(name, known) && !given[known]);
      return meant
        ? [warning(name, "Nothing reads it.", `Rename it to ${meant}, if that is what you mean.`)]
        : [];
    });
}

/** One letter added, missing or different, ignoring underscores. */
function isNear(name: string, known: string): boolean {
  const [a, b] = [name.replaceAll("_", ""), known.replaceAll("_", "")];
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  const rest = a.slice(start);
  const other = b.slice(start);
  return rest.slice(1) === other.slice(1) || rest.slice(1) === other || rest === other.slice(1);
}

/** The publishable key must not reveal the secret one. */
function sharedKeys({ PUBLISHABLE_KEY, SECRET_KEY, AUTH_SECRET }: Variables): Finding[] {
  const digits = (key: string | undefined) => key?.slice(3);
  const areShared =
    (SECRET_KEY && digits(SECRET_KEY) === digits(PUBLISHABLE_KEY)) ||
    (AUTH_SECRET && [digits(SECRET_KEY), digits(PUBLISHABLE_KEY)].includes(AUTH_SECRET));
  if (!areShared) return [];
  const remedy = `Generate another: ${generateCommands.SECRET_KEY}`;
  return [problem("SECRET_KEY", "It has the same digits as another key.", remedy)];
}

function weakSecrets(given: Variables): Finding[] {
  const weak = ["AUTH_SECRET", "PUBLISHABLE_KEY", "SECRET_KEY", "CRON_SECRET"].filter((name) => {
    const text = given[name]?.replace(/^[ps]k_/, "");
    if (!text) return false;
    return new Set(text).size < 8 || /^(.{1,8})\1+$/.test(text) || /password|secret|changeme/i.test(text);
  });
  return weak.map((name) =>
    warning(
      name,
      "It does not look random, so it can be guessed.",
      `Generate another: ${generateCommands[name]}`,
    ),
  );
}

function addresses(settings: Env): Finding[] {
  const { APP_URL, TRUSTED_PROXIES, isHttps, isProduction, isVercel } = settings;
  const app = new URL(APP_URL);
  const isLocal = isLoopback(app);
  const findings: Finding[] = [good("APP_URL", APP_URL)];

  if (isProduction && isLocal) {
    findings.push(
      warning(
        "APP_URL",
        `Links in mails lead to ${APP_URL}, which is the reader's own machine.`,
        "Set APP_URL to what people see in the address bar: APP_URL=https://blog.example.com",
      ),
    );
  } else if (isProduction && !isHttps) {
    findings.push(
      warning(
        "APP_URL",
        "It is plain http: cookies are not Secure, and anyone on the network path can read passwords.",
        `Serve the blog by https and set APP_URL=https://${app.host}`,
      ),
    );
  }
  if (isHttps && isProduction && !isVercel && TRUSTED_PROXIES === 0) {
    findings.push(
      warning(
        "TRUSTED_PROXIES",
        "Https comes from a proxy in front, and without this setting all its visitors share one limit.",
        "Set TRUSTED_PROXIES=1, or how many proxies stand in front",
      ),
    );
  }
  for (const name of ["CALLBACK_URL_ORIGINS", "CORS_ORIGINS"] as const) {
    for (const origin of settings[name] ?? []) {
      if (isHttps && new URL(origin).protocol === "http:" && !isLoopback(new URL(origin))) {
        findings.push(
          warning(
            name,
            `${origin} is plain http while the blog is https, so what is sent there can be read on the way.`,
            `Write ${origin.replace("http:", "https:")} in ${name}`,
          ),
        );
      }
    }
  }
  return findings;
}

/** Fine in development, dangerous in production. */
function looseLimits(settings: Env): Finding[] {
  const { isProduction, RATE_LIMITS, PASSWORD_MIN_LENGTH, PASSWORD_BLOCK_COMMON, PUBLISHING, BCRYPT_COST } =
    settings;
  if (!isProduction) return [];
  return [
    !RATE_LIMITS &&
      warning(
        "RATE_LIMITS",
        "They are off, so passwords can be guessed without limit.",
        "Remove RATE_LIMITS",
      ),
    PASSWORD_MIN_LENGTH < 8 &&
      warning(
        "PASSWORD_MIN_LENGTH",
        `${PASSWORD_MIN_LENGTH} characters are the tutorial's policy, and too few for strangers.`,
        "Remove PASSWORD_MIN_LENGTH (it is 8 then) or set more",
      ),
    !PASSWORD_BLOCK_COMMON &&
      warning(
        "PASSWORD_BLOCK_COMMON",
        "It is off, so people may choose the commonest passwords.",
        "Remove PASSWORD_BLOCK_COMMON (it is on then)",
      ),
    PUBLISHING === "members" &&
      warning(
        "PUBLISHING",
        "It is members, so strangers publish without a confirmed address.",
        "Remove PUBLISHING (it is confirmed then)",
      ),
    BCRYPT_COST < 12 &&
      warning("BCRYPT_COST", `${BCRYPT_COST} is for tests.`, "Remove BCRYPT_COST (it is 12 then)"),
  ].filter((finding) => finding !== false);
}

// part: social-sign-in
/** The callback addresses to register at each provider, exactly as written. */
function callbacks({ APP_URL, providers: settings }: Env): Finding[] {
  return socialProviders
    .filter((provider) => settings[provider].clientId)
    .map((provider) => {
      const { name, callbacksOf } = providers[provider];
      const addresses = callbacksOf?.(APP_URL) ?? [
        `${APP_URL}/api/auth/callback/${provider}`,
        `${APP_URL}/api/v1/auth/${provider}/callback`,
      ];
      return good(
        `Sign-in by ${name}`,
        `Register these callback addresses there: ${addresses.join(" and ")}`,
      );
    });
}
// end of part: social-sign-in

function isLoopback({ hostname }: URL): boolean {
  return (
    hostname === "localhost" ||
    hostname === "127.0.0.1" ||
    hostname === "[::1]" ||
    hostname.endsWith(".localhost")
  );
}
