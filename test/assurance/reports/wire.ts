/** The public site over the network, as a browser without script requests it: for servers that are processes of their own. */

import { privateEntrance } from '../../../src/platform/addresses.ts';
import { sessionCookie } from '../../../src/platform/http/sites.ts';
import { findReceiptText, readFormValues } from '../../../src/reports/visitor.ts';
import { inLanes } from '../../harness/assurance.ts';

export type Asking = {
  /** Posts the form of the present page, with what was typed. Throws for an incomplete answer, or one that says the text could not be stored. */
  readonly press: (button: string, typed?: Readonly<Record<string, string>>) => Promise<string>;
  /** The same with a file, in the order in which a browser sends it; it is not sent again. */
  readonly bring: (button: string, typed: Readonly<Record<string, string>>, file: File) => Promise<string>;
};

export class NotKept extends Error {}

/** Opens a page by way of the entrance. Repeats the request while the database is away, as the page suggests. */
export async function goIn(url: string, to: '/report' | '/report/return', mostAgain = 0): Promise<Asking> {
  const stepIn = (html: string): string => /name="step" value="([^"]+)"/.exec(html)?.[1] ?? '';
  let page = await (await fetch(url + privateEntrance)).text();
  const press: Asking['press'] = async (button, typed = {}) => {
    let form: Record<string, string> = { ...readFormValues(page), ...typed, press: button };
    for (let again = 0; ; again += 1) {
      const body = new URLSearchParams({ ...form, step: stepIn(page), to, way: 'post', language: 'en' });
      const answer = await fetch(url + privateEntrance, { method: 'POST', body });
      page = await answer.text();
      if (answer.status === 200 || answer.status === 422) return page;
      if (answer.status !== 503 || again >= mostAgain) throw new NotKept(`answered ${answer.status}`);
      form = readFormValues(page);
      await new Promise((done) => setTimeout(done, 250));
    }
  };
  const bring: Asking['bring'] = async (button, typed, file) => {
    const form = new FormData();
    const before = { ...readFormValues(page), ...typed, step: stepIn(page), to, way: 'post', language: 'en' };
    for (const [name, value] of Object.entries(before)) if (name !== 'press') form.append(name, value);
    form.append('files', file);
    form.append('press', button);
    const answer = await fetch(url + privateEntrance, { method: 'POST', body: form });
    page = await answer.text();
    if (answer.status !== 200) throw new NotKept(`answered ${answer.status}`);
    return page;
  };
  return { press, bring };
}

/** Tells one report, by the shortest way; the receipt as it was shown, in digits. */
export const tell = async (
  url: string,
  answers: Readonly<Record<string, string>>,
  mostAgain = 0,
): Promise<string | undefined> => (await tellWith(url, answers, undefined, mostAgain)).receipt;

/** The same, with a file that may be kept as it came; and whether the last page said that it goes along. */
export async function tellWith(
  url: string,
  answers: Readonly<Record<string, string>>,
  file: File | undefined,
  mostAgain = 0,
): Promise<{ readonly receipt: string | undefined; readonly took: boolean }> {
  const { press, bring } = await goIn(url, '/report', mostAgain);
  await press('begin');
  await press('next', { question: 'who', who: answers.who ?? '' });
  await press('next', { question: 'what', what: answers.what ?? '' });
  await press('next', { question: 'where', place: answers.place ?? '' });
  if (file) await bring('files', { question: 'files', originals: 'yes' }, file);
  const last = await press('send', { question: 'check', receipt: 'digits' });
  return { receipt: findReceiptText(last) || undefined, took: /One file goes with it/.test(last) };
}

export type Mailbox = { readonly opens: boolean; readonly message: string; readonly page: string };

const read = (page: string): Mailbox => ({
  opens: page.includes('name="words"'),
  message: /sl-message">([^<]*)</.exec(page)?.[1] ?? '',
  page,
});

export async function openMailbox(url: string, receipt: string): Promise<Mailbox & Asking> {
  const asking = await goIn(url, '/report/return');
  await asking.press('begin');
  return { ...read(await asking.press('open', { list: receipt })), ...asking };
}

/** Many at once: each answer of the mailbox waits for the beat. */
export async function openAll(url: string, receipts: readonly string[]): Promise<boolean[]> {
  const opened: boolean[] = [];
  await inLanes(12, receipts, async (receipt) => opened.push((await openMailbox(url, receipt)).opens));
  return opened;
}

/** True where the page said that it was added. */
export async function writeMore(url: string, receipt: string, words: string): Promise<boolean> {
  const { opens, press } = await openMailbox(url, receipt);
  return opens && (await press('add', { words })).includes('role="status"');
}

/** Staff ask something back, by the form; true where it was taken. */
export async function askBack(url: string, session: string, id: string, message: string): Promise<boolean> {
  const at = `${url}/staff/reports/${id}/write`;
  const cookie = `${sessionCookie}=${session}`;
  const page = await fetch(at, { headers: { cookie } });
  const html = await page.text();
  const secret = page.headers.getSetCookie().at(-1)?.split(';')[0] ?? '';
  const hidden = (name: string): string =>
    [...html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].at(-1)?.[1] ?? '';
  const asked = { kind: 'asked', message, looked: message };
  const body = new URLSearchParams({ _csrf: hidden('_csrf'), base: hidden('base'), ...asked });
  const answer = await fetch(at, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: [cookie, secret].join('; ') },
    body,
  });
  await answer.arrayBuffer();
  return answer.status === 303;
}
