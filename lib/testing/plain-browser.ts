import { inject } from "vitest";
import { freshAddress } from "./caller";
import { readForm } from "./plain-form";

/** A browser without JavaScript: it keeps cookies, reads pages and submits forms. It does not follow redirects. */
export class PlainBrowser {
  private readonly cookies = new Map<string, string>();
  private readonly headers = { "X-Forwarded-For": freshAddress(), "Accept-Language": "en" };

  constructor(private readonly appUrl: string = inject("appUrl")) {}

  /** @param path a path or URL of the site. */
  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch(path, { headers });
  }

  /** @returns the HTML of a page. */
  async read(path: string): Promise<string> {
    return (await this.get(path)).text();
  }

  /**
   * Submits a form of a page.
   *
   * @param contains text that identifies the form by its HTML; the first match counts.
   * @param fields values that replace those in the form.
   */
  async send(path: string, contains: string, fields: Record<string, string> = {}): Promise<Response> {
    const body = await this.readForm(path, contains);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return this.post(path, body);
  }

  /** @returns the current fields of a form on a page. */
  async readForm(path: string, contains: string): Promise<FormData> {
    return readForm(await this.read(path), contains);
  }

  /** Submits fields that were read before, in this or another browser. */
  async post(path: string, body: FormData, origin: string = this.appUrl): Promise<Response> {
    return this.fetch(path, { method: "POST", body, headers: { Origin: origin } });
  }

  /** Signs in with the form. */
  async signIn({ email, password }: { email: string; password: string }): Promise<void> {
    const response = await this.send("/signin", 'name="password"', { email, password });
    if (response.status !== 303) throw new Error(`Signing in returned ${response.status}.`);
  }

  private async fetch(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(new URL(path, this.appUrl), {
      ...init,
      headers: { ...this.headers, ...(cookie && { Cookie: cookie }), ...init.headers },
      redirect: "manual",
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/Max-Age=0|1970/i.test(set)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}

/** @returns the target of a redirect: path and query on this site, otherwise the whole URL. */
export function leadsTo(response: Response): string {
  const location = response.headers.get("location") ?? "";
  const url = new URL(location, inject("appUrl"));
  return url.origin === inject("appUrl") ? url.pathname + url.search : url.href;
}

/** @returns the text of a page. Its scripts and hidden fields contain the errors of a form even if it shows none. */
export async function shownBy(page: Response): Promise<string> {
  return (await page.text()).replace(/<script[\s\S]*?<\/script>|<[^>]*>/g, "");
}
