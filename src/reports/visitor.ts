/** Sends a report and comes back as a browser without script would: each form as it is on the page, with typed answers. For tests and the demonstration. */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { requestInternally } from '../public/private-journey/visitor.ts';

export type ReportVisitor = {
  /** The page as it is now. */
  readonly page: () => LightMyRequestResponse;
  /** Presses a button of the page, having typed. */
  readonly press: (button: string, typed?: Readonly<Record<string, string>>) => Promise<LightMyRequestResponse>;
  /** The hidden token, for tests that send it again. */
  readonly draft: () => string;
};

const decodeEntities = (html: string): string =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** What the page's main form would send if nobody touched it. */
export function readFormValues(html: string): Record<string, string> {
  const form =
    /<form method="post" action="\/(?:report(?:\/return)?|information)" novalidate[^>]*>[\s\S]*?<\/form>/.exec(
      html,
    )?.[0] ?? '';
  const shown: Record<string, string> = {};
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = /\sname="([^"]*)"/.exec(tag)?.[1] ?? '';
    const value = decodeEntities(/\svalue="([^"]*)"/.exec(tag)?.[1] ?? '');
    if (!/type="(?:radio|checkbox)"/.test(tag) || /\schecked/.test(tag)) shown[name] = value;
  }
  for (const [, name = '', text = ''] of form.matchAll(/<textarea[^>]*\sname="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g))
    shown[name] = decodeEntities(text);
  return shown;
}

export async function openReportForm(
  app: FastifyInstance,
  url: '/report' | '/report/return' = '/report',
  language = 'en',
): Promise<ReportVisitor> {
  let page = await requestInternally(app, { url, language });
  return {
    page: () => page,
    draft: () => readFormValues(page.body).draft ?? '',
    press: async (button, typed = {}) => {
      page = await sendForm(app, url, { ...readFormValues(page.body), ...typed, press: button }, {}, language);
      return page;
    },
  };
}

export const sendForm = (
  app: FastifyInstance,
  url: string,
  answers: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
  language = 'en',
): Promise<LightMyRequestResponse> =>
  requestInternally(app, {
    language,
    method: 'POST',
    url,
    payload: new URLSearchParams(answers).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

/** Answers what is asked, question after question, and sends it; the receipt as it was shown. */
export async function sendReport(app: FastifyInstance, answers: Readonly<Record<string, string>>): Promise<string> {
  const teller = await openReportForm(app);
  let page = await teller.press('begin');
  for (let pages = 0; !/value="send"/.test(page.body); pages += 1) {
    if (pages > 30 || page.statusCode !== 200) throw new Error(`the form leads nowhere: ${page.statusCode}`);
    page = await pressAgainWhileBusy(teller, answers);
  }
  return findReceiptText((await teller.press('send', { receipt: 'words', ...answers })).body);
}

const mostTries = 5;

/** On a slow machine a statement can reach its time limit, which the form answers with 503. The page before is sent again. */
export async function pressAgainWhileBusy(
  teller: ReportVisitor,
  answers: Readonly<Record<string, string>>,
): Promise<LightMyRequestResponse> {
  const before = readFormValues(teller.page().body);
  let page = await teller.press('next', answers);
  for (let tries = 1; page.statusCode === 503 && tries < mostTries; tries += 1)
    page = await teller.press('next', { ...before, ...answers });
  if (page.statusCode === 503)
    throw new Error(
      'The database of this machine is too slow to make the demonstration. Close other programs and start again.',
    );
  return page;
}

/** As shown on the last page, in words or digits. */
export const findReceiptText = (html: string): string => {
  const shown = /sl-receipt">([\s\S]*?)<\/(?:ol|p)>/.exec(html)?.[1] ?? '';
  return decodeEntities(shown.replaceAll('</li>', '\n').replaceAll(/<[^>]*>/g, '')).trim();
};

/** The page that a receipt opens. */
export async function openMailbox(app: FastifyInstance, list: string): Promise<ReportVisitor> {
  const teller = await openReportForm(app, '/report/return');
  await teller.press('begin');
  await teller.press('open', { list });
  return teller;
}
