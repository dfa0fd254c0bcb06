/** A reporter behind a balancer: no script, and a page that did not arrive is sent again. Keeps account of each report. */
import { setTimeout as sleep } from 'node:timers/promises';
import { privateEntrance } from '../../../src/platform/addresses.ts';
import { findReceiptText, readFormValues } from '../../../src/reports/visitor.ts';

const usualPressesAgain = 100;
const betweenPressesMs = 100;
const answerMs = 20_000;
const entrances = 20;

/** What became of the reports of all reporters. */
export type Told = {
  /** By receipt, the text of the report. */
  readonly shown: Map<string, string>;
  /** By receipt, what stood in the file that the last page said went along. */
  readonly brought: Map<string, string>;
  /** Texts of reports that were sent, whose last page showed no receipt. */
  readonly unshown: string[];
  /** Reports whose next page had no draft, and at which page. */
  readonly lost: string[];
  /** Reports that were begun, and pages that they took. */
  begun: number;
  pages: number;
  /** Pages that answered with an error or broke off; all were sent again. */
  errors: number;
  /** Reports that were sent again at least once, while they were written. */
  resumed: number;
  /** First pages, without any answer yet, that led back to the entrance. */
  beganAgain: number;
};

export const nothingTold = (): Told => ({
  shown: new Map(),
  brought: new Map(),
  unshown: [],
  lost: [],
  begun: 0,
  pages: 0,
  errors: 0,
  resumed: 0,
  beganAgain: 0,
});

type Report = {
  readonly what: string;
  readonly who: string;
  readonly file: File | undefined;
  /** How often a page is sent again before the reporter gives up; otherwise 100 times. */
  readonly pressesAgain?: number;
};
type Form = Readonly<Record<string, string>>;

const stepIn = (html: string): string => /name="step" value="([^"]+)"/.exec(html)?.[1] ?? '';

class Reporter {
  readonly #url: string;
  readonly #told: Told;
  readonly #think: () => Promise<unknown>;
  readonly #pressesAgain: number;
  page = '';
  errors = 0;

  constructor(url: string, told: Told, think: () => Promise<unknown>, pressesAgain: number) {
    this.#url = url;
    this.#told = told;
    this.#think = think;
    this.#pressesAgain = pressesAgain;
  }

  async enter(): Promise<void> {
    this.page = await this.#untilAnswered(() => ({ method: 'GET' }));
  }

  /** Sends the form of the page, as often as it takes. Fields are in the order of a browser. */
  async press(button: string, typed: Form = {}, file?: File): Promise<void> {
    await this.#think();
    const step = stepIn(this.page);
    const form = { step, ...readFormValues(this.page), ...typed, to: '/report', way: 'post', language: 'en' };
    const values = Object.entries({ ...form, press: button });
    this.page = await this.#untilAnswered(() => {
      if (!file) return { method: 'POST', body: new URLSearchParams(values) };
      const body = new FormData();
      for (const [name, value] of values) if (name !== 'press') body.append(name, value);
      body.append('files', file);
      body.append('press', button);
      return { method: 'POST', body };
    });
  }

  async #untilAnswered(request: () => RequestInit): Promise<string> {
    this.#told.pages += 1;
    for (let again = 0; again < this.#pressesAgain; again += 1) {
      const signal = AbortSignal.timeout(answerMs);
      const page = await fetch(this.#url + privateEntrance, { ...request(), signal })
        .then(async (answer) => (answer.status < 500 ? answer.text() : undefined))
        .catch(() => undefined);
      if (page !== undefined) return page;
      this.errors += 1;
      this.#told.errors += 1;
      await sleep(betweenPressesMs);
    }
    throw new Error('no process answers');
  }
}

/** Writes and sends one report. */
export async function report(
  url: string,
  { what, who, file, pressesAgain = usualPressesAgain }: Report,
  told: Told,
  think: () => Promise<unknown>,
): Promise<void> {
  const reporter = new Reporter(url, told, think, pressesAgain);
  for (let tries = 0; !reporter.page.includes('name="draft"'); tries += 1) {
    if (tries > 0) told.beganAgain += 1;
    if (tries > entrances) throw new Error('the entrance leads nowhere');
    await reporter.enter();
    await reporter.press('begin');
  }
  told.begun += 1;
  const begunWith = reporter.errors;
  const steps: readonly (readonly [string, Form, File?])[] = [
    ['next', { question: 'who', who }],
    ['next', { question: 'what', what }],
    ['next', { question: 'where', place: what }],
    ...(file ? [['files', { question: 'files', originals: 'yes' }, file] as const] : []),
  ];
  for (const [button, typed, brought] of steps) {
    await reporter.press(button, typed, brought);
    if (reporter.page.includes('name="draft"')) continue;
    told.lost.push(`at ${typed.question}: ${what}`);
    return;
  }
  await reporter.press('send', { question: 'check', receipt: 'digits' });
  if (reporter.errors > begunWith) told.resumed += 1;
  const receipt = findReceiptText(reporter.page);
  if (!receipt) {
    told.unshown.push(what);
    return;
  }
  told.shown.set(receipt, what);
  if (file && /One file goes with it/.test(reporter.page)) told.brought.set(receipt, what);
}
