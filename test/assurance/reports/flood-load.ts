/** The flood, as a process of its own: `flood-load.ts FLOOD`, as JSON. Honest people report, page after page, each from their own network. Junk arrives at its own pace, answered or not. Prints the result as one line of JSON. */

import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { privateEntrance } from '../../../src/platform/addresses.ts';
import { findReceiptText, readFormValues } from '../../../src/reports/visitor.ts';
import { chance } from '../../harness/assurance.ts';

export type Flood = {
  readonly url: string;
  readonly seed: number;
  readonly seconds: number;
  readonly honestPerMinute: number;
  readonly junkPerMinute: number;
};
export type Flooded = {
  /** Honest reporters: reports begun, completed, and the receipts that were shown. */
  readonly begun: number;
  readonly receipts: readonly string[];
  readonly lost: readonly string[];
  /** Of each of their pages, in milliseconds. */
  readonly times: readonly number[];
  readonly sendTimes: readonly number[];
  readonly junk: Readonly<Record<string, { readonly came: number; readonly answered: number }>>;
  /** What could not be sent, because too much of the junk was still waiting. */
  readonly heldBack: number;
};

const { url, seed, seconds, honestPerMinute, junkPerMinute } = JSON.parse(process.argv[2] ?? '') as Flood;
const random = chance(seed);
const below = (most: number): number => Math.floor(random() * most);
/** As many as one machine that floods keeps open. */
const mostOpen = 1_000;
const patienceMs = 30_000;

type Browser = { readonly agent: Agent; readonly address: string };
const somewhere = (): string => `${1 + below(220)}.${below(256)}.${below(256)}.${below(256)}`;

function ask({ agent, address }: Browser, form?: Readonly<Record<string, string>> | string): Promise<string> {
  const body = typeof form === 'string' ? form : form && new URLSearchParams(form).toString();
  const method = body === undefined ? 'GET' : 'POST';
  const headers = { 'x-forwarded-for': address, 'content-type': 'application/x-www-form-urlencoded' };
  return new Promise((answered, failed) => {
    const sent = request(url + privateEntrance, { agent, method, headers, timeout: patienceMs }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', failed);
      response.on('end', () => {
        const { statusCode = 0 } = response;
        if (statusCode === 200 || statusCode === 422) answered(Buffer.concat(pieces).toString());
        else failed(new Error(`answered ${statusCode}`));
      });
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in half a minute')));
    sent.on('error', failed);
    sent.end(body);
  });
}

const stepIn = (page: string): string => /name="step" value="([^"]+)"/.exec(page)?.[1] ?? '';
const inside = (step: string, to: string, form: Readonly<Record<string, string>>): Record<string, string> => ({
  ...form,
  step,
  to,
  way: 'post',
  language: 'en',
});

const [receipts, lost, times, sendTimes]: [string[], string[], number[], number[]] = [[], [], [], []];
let begun = 0;
let warmingUp = true;

async function tellHonestly(number: number): Promise<void> {
  begun += 1;
  const browser = { agent: new Agent({ keepAlive: true, maxSockets: 1 }), address: somewhere() };
  const timed = async (form?: Readonly<Record<string, string>>): Promise<string> => {
    const began = performance.now();
    try {
      return await ask(browser, form);
    } finally {
      times.push(performance.now() - began);
    }
  };
  const think = (): Promise<void> => sleep(warmingUp ? 0 : 300 + below(1_500));
  const answers = {
    who: number % 3 === 0 ? 'me' : 'worried',
    now: 'no',
    what: `They never go out alone, and one of them carries the keys of all. ${number}`,
    place: 'A flat over a shop',
    when: 'At night',
  };
  try {
    let page = await timed();
    await think();
    page = await timed({ step: stepIn(page), to: '/report', language: 'en' });
    await think();
    page = await timed(inside(stepIn(page), '/report', { press: 'begin' }));
    for (let pages = 0; !page.includes('value="send"'); pages += 1) {
      if (pages > 20) throw new Error('led nowhere');
      await think();
      page = await timed(inside(stepIn(page), '/report', { ...readFormValues(page), ...answers, press: 'next' }));
    }
    await think();
    const send = inside(stepIn(page), '/report', { ...readFormValues(page), receipt: 'digits', press: 'send' });
    page = await timed(send);
    sendTimes.push(times.at(-1) ?? 0);
    const receipt = findReceiptText(page);
    if (!receipt) throw new Error('no receipt was shown');
    receipts.push(receipt);
  } catch (error) {
    lost.push(error instanceof Error ? error.message : String(error));
  } finally {
    browser.agent.destroy();
  }
}

const floods = new Agent({ keepAlive: true, maxSockets: mostOpen });
/** Two thirds from forty networks, as a few rented machines have; the rest from wherever. */
const junkAddress = (): string => (below(3) < 2 ? `198.18.${below(40)}.${below(256)}` : somewhere());
const long = 'Nothing of this is true. '.repeat(300);

const junkKinds = {
  /** By the shortest way: the entrance, the first page, one sentence, sent. */
  'whole reports': async (from: Browser) => {
    let page = await ask(from);
    page = await ask(from, inside(stepIn(page), '/report', { press: 'begin' }));
    const said = { ...readFormValues(page), question: 'what', what: long.slice(below(6_000)), press: 'next' };
    page = await ask(from, inside(stepIn(page), '/report', said));
    await ask(
      from,
      inside(stepIn(page), '/report', { ...readFormValues(page), question: 'check', receipt: 'digits', press: 'send' }),
    );
  },
  'reports begun and left': async (from: Browser) => {
    const page = await ask(from);
    await ask(from, inside(stepIn(page), '/report', { press: 'begin' }));
  },
  'guesses at receipts': async (from: Browser) => {
    let page = await ask(from);
    page = await ask(from, inside(stepIn(page), '/report/return', { press: 'begin' }));
    const list = Array.from({ length: 8 }, () => String(below(4_096)).padStart(4, '0')).join(' ');
    await ask(from, inside(stepIn(page), '/report/return', { ...readFormValues(page), list, press: 'open' }));
  },
  'forms of no meaning': async (from: Browser) => {
    await ask(
      from,
      Array.from({ length: 1 + below(40) }, () => `${below(1e6).toString(36)}=${long.slice(0, 900)}`).join('&'),
    );
  },
  'the door alone': async (from: Browser) => {
    await ask(from);
  },
} as const;
type JunkKind = keyof typeof junkKinds;
const mix: readonly JunkKind[] = [
  ...Array<JunkKind>(6).fill('whole reports'),
  'reports begun and left',
  'guesses at receipts',
  'forms of no meaning',
  'the door alone',
];
const junk = Object.fromEntries(Object.keys(junkKinds).map((kind) => [kind, { came: 0, answered: 0 }])) as Record<
  JunkKind,
  { came: number; answered: number }
>;
let [waiting, heldBack] = [0, 0];

async function throwJunk(): Promise<void> {
  if (waiting >= mostOpen) {
    heldBack += 1;
    return;
  }
  const kind = mix[below(mix.length)] as JunkKind;
  junk[kind].came += 1;
  waiting += 1;
  try {
    await junkKinds[kind]({ agent: floods, address: junkAddress() });
    junk[kind].answered += 1;
  } catch {
    // It is counted as come and not answered.
  } finally {
    waiting -= 1;
  }
}

/** At random moments, so many a minute, whatever becomes of those before. */
async function arrive(perMinute: number, one: (number: number) => Promise<void>): Promise<Promise<void>[]> {
  const all: Promise<void>[] = [];
  const began = performance.now();
  let next = 0;
  for (let number = 0; ; number += 1) {
    next += (-Math.log(1 - random()) * 60_000) / perMinute;
    if (next > seconds * 1_000) return all;
    const early = began + next - performance.now();
    if (early > 1) await sleep(early);
    all.push(one(number));
  }
}

// A public site that has run for a while: loading and compiling at first use is no part of the flood.
await Promise.all(Array.from({ length: 8 }, (_, number) => tellHonestly(number)));
for (const told of [receipts, lost, times, sendTimes]) told.length = 0;
begun = 0;
warmingUp = false;
const [honest] = await Promise.all([arrive(honestPerMinute, tellHonestly), arrive(junkPerMinute, throwJunk)]);
await Promise.all(honest);
floods.destroy();
const flooded: Flooded = { begun, receipts, lost, times, sendTimes, junk, heldBack };
process.stdout.write(JSON.stringify(flooded), () => process.exit(0));
