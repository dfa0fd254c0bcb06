/** Walks the public journey in a test: by requests as a browser without script sends them, and in a browser. */
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Page } from 'playwright-core';
import { privateEntrance } from '../../platform/addresses.ts';
import { runInternally } from '../../platform/http/private-request.ts';

type InternalRequest = Omit<InjectOptions, 'url'> & { readonly url: string; readonly language?: string };

/** An area's internal answer, before the journey rewrites its links and forms. */
export const requestInternally = (
  app: FastifyInstance,
  asked: string | InternalRequest,
): Promise<LightMyRequestResponse> => {
  const { language = 'en', ...options } = typeof asked === 'string' ? { url: asked } : asked;
  return runInternally({ language }, async () => app.inject(options));
};

export const listInternalPages = (app: FastifyInstance): string[] =>
  app.offered.filter(({ method, indoors }) => indoors && method === 'GET').map(({ url }) => url);

export type JourneyVisitor = {
  /** The answer now on the screen. */
  readonly shown: () => LightMyRequestResponse;
  /** Presses what leads to this address. */
  readonly go: (to: string) => Promise<LightMyRequestResponse>;
  readonly post: (to: string, fields?: Readonly<Record<string, string>>) => Promise<LightMyRequestResponse>;
  /** Sends a form with files, in the order in which a browser does. */
  readonly postFiles: (
    to: string,
    fields: Readonly<Record<string, string>>,
    files: readonly File[],
  ) => Promise<LightMyRequestResponse>;
  /** Sends again what was once sent, as Back and reload do. */
  readonly again: (sent: string) => Promise<LightMyRequestResponse>;
  /** All that was sent, oldest first. */
  readonly sent: readonly string[];
};

const findStep = (html: string): string => /name="step" value="([^"]+)"/.exec(html)?.[1] ?? '';

export async function startJourney(app: FastifyInstance, language = 'en'): Promise<JourneyVisitor> {
  let shown = await app.inject(privateEntrance);
  const sent: string[] = [];
  const again = async (payload: string): Promise<LightMyRequestResponse> =>
    app.inject({
      method: 'POST',
      url: privateEntrance,
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    });
  const press = async (fields: Readonly<Record<string, string>>): Promise<LightMyRequestResponse> => {
    const payload = new URLSearchParams({ step: findStep(shown.body), language, ...fields }).toString();
    sent.push(payload);
    shown = await again(payload);
    return shown;
  };
  return {
    shown: () => shown,
    go: (to) => press({ to }),
    postFiles: async (to, { press = 'next', ...fields }, files) => {
      const form = new FormData();
      const before = { to, way: 'post', language, step: findStep(shown.body), ...fields };
      for (const [name, value] of Object.entries(before)) form.append(name, value);
      for (const file of files) form.append('files', file);
      form.append('press', press);
      const sent = new Response(form);
      shown = await app.inject({
        method: 'POST',
        url: privateEntrance,
        payload: Buffer.from(await sent.arrayBuffer()),
        headers: { 'content-type': sent.headers.get('content-type') ?? '', 'sec-fetch-site': 'same-origin' },
      });
      return shown;
    },
    post: (to, fields = {}) => press({ ...fields, to, way: 'post' }),
    again,
    sent,
  };
}

/** Goes in at the entrance in a browser, in a language by its code, straight to an internal address. */
export async function enterJourney(page: Page, base: string, to = '/start', language = 'en'): Promise<void> {
  await page.goto(base + privateEntrance);
  await aimEntrance(page, to);
  await page.locator(`#door button[value="${language}"]`).click();
  await page.locator('#exit').waitFor();
}

/** As if the entrance had been opened by this address. */
export const aimEntrance = (page: Page, to: string): Promise<void> =>
  page.locator('[form="door"][name="to"]').evaluate((field, address) => field.setAttribute('value', address), to);
