import { createTranslator } from "next-intl";
import type { CSSProperties, ReactNode } from "react";
import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Text } from "react-email";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";

/** The layout of every email: the site's name, a title, a greeting, and the reason it was sent. */
export function MailLayout(props: {
  locale: Locale;
  title: string;
  /** The preview text beside the title in a list of emails. */
  preview: string;
  name: string;
  children: ReactNode;
}) {
  const { locale, title, preview, children } = props;
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.layout" });
  const name = harmlessName(props.name);

  return (
    <Html lang={locale}>
      <Head>
        <title>{title}</title>
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkStyles}</style>
      </Head>
      <Preview useTitleTag={false}>{preview}</Preview>
      <Body lang={locale} className="paper" style={styles.body}>
        <Container style={styles.column}>
          <Text style={styles.site}>
            <Link href={env().APP_URL} className="ink" style={styles.siteLink} data-skip-in-text>
              {site.name[locale]}
            </Link>
          </Text>
          <Heading as="h1" className="ink" style={styles.title}>
            {title}
          </Heading>
          <Text className="ink" style={styles.text}>
            {name ? say("greeting", { name }) : say("greetingWithoutName")}
          </Text>
          {children}
          <Hr className="rule" style={styles.rule} />
          <Text className="muted" style={styles.note}>
            {say("reason", { site: site.name[locale] })}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

/** A paragraph of an email. */
export function MailText({ children }: { children: ReactNode }) {
  return (
    <Text className="ink" style={styles.text}>
      {children}
    </Text>
  );
}

/** Small print below the button. */
export function MailNote({ children }: { children: ReactNode }) {
  return (
    <Text className="muted" style={styles.note}>
      {children}
    </Text>
  );
}

/** The button of an email, with its URL as text for email clients that show no buttons. */
export function MailButton({ href, locale, children }: { href: string; locale: Locale; children: string }) {
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.layout" });
  return (
    <>
      <Button href={href} className="button" style={styles.button} data-skip-in-text>
        {children}
      </Button>
      <Text className="muted" style={styles.fullLink}>
        {say("fullLink")}
        <br />
        <Link href={href} className="muted" style={styles.fullLinkAddress}>
          {href}
        </Link>
      </Text>
    </>
  );
}

/**
 * Attackers can sign up with another user's address and an advertisement as name, in which email clients
 * would detect links. Names that could contain a URL or an address are left out, and so are line breaks.
 *
 * @returns the name for a greeting, or null.
 */
function harmlessName(name: string): string | null {
  if (/[:/\\@]|\.\p{L}/u.test(name)) return null;
  return name.replaceAll(/[\s\p{C}]+/gu, " ").trim() || null;
}

const { paper, ink, muted, rule } = site.colors;

const styles = {
  body: {
    margin: 0,
    padding: "40px 24px",
    backgroundColor: paper.light,
    fontFamily:
      "Pretendard, -apple-system, BlinkMacSystemFont, 'Segoe UI', 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif",
    wordBreak: "keep-all",
    overflowWrap: "anywhere",
  },
  column: { maxWidth: "36rem" },
  site: { margin: "0 0 48px", fontSize: "15px", lineHeight: "24px" },
  siteLink: { color: ink.light, fontWeight: 700, textDecoration: "none" },
  title: {
    margin: "0 0 24px",
    color: ink.light,
    fontSize: "24px",
    fontWeight: 700,
    lineHeight: "1.35",
    letterSpacing: "-0.02em",
  },
  text: { margin: "0 0 16px", color: ink.light, fontSize: "17px", lineHeight: "1.75" },
  button: {
    margin: "16px 0 24px",
    padding: "14px 24px",
    borderRadius: "6px",
    backgroundColor: ink.light,
    color: paper.light,
    fontSize: "15px",
    fontWeight: 600,
  },
  fullLink: { margin: "0 0 24px", color: muted.light, fontSize: "13px", lineHeight: "1.6" },
  fullLinkAddress: { color: muted.light, textDecoration: "underline", wordBreak: "break-all" },
  rule: { margin: "40px 0 24px", borderTop: `1px solid ${rule.light}` },
  note: { margin: "0 0 16px", color: muted.light, fontSize: "13px", lineHeight: "1.6" },
} satisfies Record<string, CSSProperties>;

/** Inline styles take precedence, so these need `!important`. */
const darkStyles = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .paper, .paper td { background-color: ${paper.dark} !important; }
    .ink { color: ${ink.dark} !important; }
    .muted { color: ${muted.dark} !important; }
    .rule { border-color: ${rule.dark} !important; }
    .button { background-color: ${ink.dark} !important; color: ${paper.dark} !important; }
  }
`;
