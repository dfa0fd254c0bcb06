/** A walk through the public form: 38 questions with branching, each saved before the next is shown, to the check page; timed and weighed as a browser meets it, over one connection. */

import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { privateEntrance } from '../../src/platform/addresses.ts';
import type { Line } from './effort.ts';
import { median } from './processes.ts';

const typed: Readonly<Record<string, string>> = {
  what: 'They carry water up the stairs at night. '.repeat(13).slice(0, 500),
  place: 'Above the bakery, by the yard',
  when: 'Every night since May',
  people: 'Six men, two who shout',
  vehicles: 'A grey van',
  knows: 'I live opposite',
  name: 'Ira Invented',
  channel: '01632 960 007',
  reach: 'yes',
};

type Press = { readonly button: string; readonly answers: Readonly<Record<string, string>> };

const through = (questions: number, answers: Readonly<Record<string, string>>): Press[] =>
  Array.from({ length: questions }, () => ({ button: 'next', answers: { ...typed, ...answers } }));
const press = (button: string): Press => ({ button, answers: typed });

/** To the last page three times over, as somebody else each time: Back ends the change, so that all is asked again. */
export const presses: readonly Press[] = [
  ...through(13, { who: 'professional', now: 'yes', aware: 'no', reach: 'no' }),
  press('who'),
  press('back'),
  ...through(11, { who: 'me', reader: 'support', now: 'no', reach: 'yes' }),
  press('who'),
  press('back'),
  ...through(10, { who: 'me', reader: 'police', now: 'no', reach: 'no' }),
];

const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

/** The milliseconds of each press, and the bytes on the wire: heads too, with the style sheet and what runs. */
export async function walk(base: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<IncomingMessage['socket']>();
  const ask = async (path: string, fields?: Readonly<Record<string, string>>): Promise<string> => {
    const body = fields && new URLSearchParams(fields).toString();
    const asked = request(new URL(path, base), {
      agent,
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'accept-encoding': 'br',
        ...(body !== undefined && {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
        }),
      },
    });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    sockets.add(answer.socket);
    const pieces: Buffer[] = [];
    for await (const piece of answer) pieces.push(piece as Buffer);
    if (answer.statusCode !== 200) throw new Error(`${path} was answered with ${answer.statusCode}`);
    const whole = Buffer.concat(pieces);
    return (answer.headers['content-encoding'] === 'br' ? brotliDecompressSync(whole) : whole).toString();
  };
  try {
    let html = await ask(privateEntrance);
    const to = (address: string, fields: Readonly<Record<string, string>> = {}): Promise<string> =>
      ask(privateEntrance, { step: hidden(html, 'step'), language: 'en', to: address, ...fields });
    html = await to('/report');
    html = await to('/report', { way: 'post', press: 'begin' });
    const loaded = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
    for (const path of loaded) await ask(path);
    const times: number[] = [];
    for (const { button, answers } of presses) {
      const held = Object.fromEntries(['draft', 'question'].map((name) => [name, hidden(html, name)]));
      const fields = [...html.matchAll(/<(?:input|textarea)[^>]*\sname="([a-z]+)"/g)].map(([, name = '']) => name);
      const filled = Object.fromEntries(fields.flatMap((name) => (answers[name] ? [[name, answers[name]]] : [])));
      const began = performance.now();
      html = await to('/report', { way: 'post', ...held, ...filled, press: button });
      times.push(performance.now() - began);
    }
    if (!/value="send"/.test(html)) throw new Error('the walk did not come to the last page');
    return { times, bytes: [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0) };
  } finally {
    agent.destroy();
  }
}
export type Walked = Awaited<ReturnType<typeof walk>>;

const sum = (times: readonly number[]): number => times.reduce((all, time) => all + time, 0);

export async function measureWalk(base: string, walks: number): Promise<readonly Line[]> {
  const found: Walked[] = [];
  for (let number = 0; number < walks + 5; number += 1) {
    const walked = await walk(base);
    if (number >= 5) found.push(walked); // The first warm up.
  }
  const totals = found.map(({ times }) => sum(times)).toSorted((one, other) => one - other);
  const at = (place: number): number => median(found.map(({ times }) => times.at(place) ?? 0));
  return [
    {
      what: `a walk of ${presses.length} questions to the check page, saved at each`,
      value: median(totals),
      unit: 'ms',
      pass: 200,
      aim: 80,
      more: `median of ${walks}, ${totals[0]?.toFixed(0)} to ${totals.at(-1)?.toFixed(0)}`,
    },
    {
      what: 'all that came for it over the wire, style sheet and script too',
      value: Math.max(...found.map(({ bytes }) => bytes)) / 1_000,
      unit: 'kB',
      pass: 160,
      aim: 160,
      more: 'the heaviest walk',
    },
    {
      what: 'the last press beside the first',
      value: at(-1) / at(0),
      unit: '×',
      pass: 1.2,
      aim: 1.2,
      more: `${at(-1).toFixed(2)} beside ${at(0).toFixed(2)} ms, medians; the last is the check page with all answers`,
    },
  ];
}
