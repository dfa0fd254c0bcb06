/** The readers that stand at the front door, each with what is put to it and what must hold of its answer. */
import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import { z } from 'zod';
import {
  Count,
  Day,
  MaybeCount,
  MaybeDay,
  MaybeWords,
  readForm,
  Sentence,
  Ticked,
  Time,
  Words,
  YesNo,
} from '../../platform/forms.ts';
import { Receipt, readReceipt, receiptInDigits, receiptInWords } from '../receipt.ts';
import { shoppingLists } from '../shopping/lists.ts';
import { bent, type Hand, meaningless } from './hostile.ts';
import { multipartRun } from './multipart.ts';

/** How a run went, in a word. Throws where something did not hold. */
export type Run = (hand: Hand) => Promise<string> | string;

export const parsers: Readonly<Record<'receipt' | 'form' | 'multipart', () => Promise<Run> | Run>> = {
  receipt: () => {
    const known: string[][] = [];
    return (hand) => {
      if (known.length < 500) known.push(shownAs(drawnReceipt(hand)));
      const shown = hand.one(known);
      const right = hand.one(shown);
      const way = hand.below(10);
      const text = way === 0 ? right : way === 1 ? meaningless(hand) : bent(hand, right);
      const read = readReceipt(text);
      if (way === 0 && !read) throw new Error('a receipt as it was shown was not read');
      if (!read) return 'no receipt';
      // Whatever it was: what was read is a receipt like others, and reads as itself.
      const digits = receiptInDigits(read);
      const again = readReceipt(digits);
      if (!again || receiptInDigits(again) !== digits) throw new Error('what was read does not read again');
      return digits === shown[0] ? 'its receipt' : 'another receipt';
    };
  },
  multipart: multipartRun,
  form: async () => {
    const app = Fastify();
    await app.register(formbody);
    app.post('/', async (request) => {
      const form = readForm(EveryField, request.body);
      if (!form.ok && Object.values(form.errors).some((error) => typeof error !== 'string' || error === ''))
        throw new Error('refused without a word');
      return { read: form.ok };
    });
    await app.ready();
    return async (hand) => {
      const way = hand.below(10);
      const right = new URLSearchParams(filledIn(hand)).toString();
      const payload = way === 0 ? right : way === 1 ? meaningless(hand) : bent(hand, right);
      const answer = await app.inject({
        method: 'POST',
        url: '/',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload,
      });
      if (answer.statusCode !== 200 && !(payload === '' && answer.statusCode === 400))
        throw new Error(`answered ${answer.statusCode}: ${answer.body}`);
      if (Object.keys(Object.prototype).length > 0)
        throw new Error('something was written where every object finds it');
      const { read } = answer.json<{ read: boolean }>();
      if (way === 0 && !read) throw new Error('a form as it should be was not read');
      return read ? 'read' : 'errors in words';
    };
  },
};

const shownAs = (receipt: Receipt): string[] => [
  receiptInDigits(receipt),
  ...shoppingLists.map(({ language }) => receiptInWords(receipt, language)?.join('\n') ?? ''),
];

/** Drawn by the seed, not by the machine, so that a run can be repeated: of 64 last signs one fits. */
function drawnReceipt({ below }: Hand): Receipt {
  const lines = Array.from({ length: 8 }, () => below(4_096));
  const last = (lines.pop() ?? 0) & ~0x3f;
  for (let check = 0; check < 64; check += 1) {
    const read = readReceipt(receiptInDigits(new Receipt([...lines, last | check])));
    if (read) return read;
  }
  throw new Error('no check fits');
}

/** Every kind of field that a form of ours can have. */
const EveryField = z.object({
  words: Words('Enter something'),
  sentence: Sentence('Enter a sentence'),
  more: MaybeWords(),
  on: Day('Enter a day'),
  until: MaybeDay(),
  at: Time('Enter a time'),
  people: Count(),
  children: MaybeCount(),
  seen: Ticked(['never alone', 'locked in', 'injured']),
  now: YesNo('Select yes or no'),
});

const filledIn = ({ below, one }: Hand): [string, string][] => [
  ['words', one(['a flat over a shop', 'Łódź 7', '他们不能出门', 'لا يخرجون'])],
  ['sentence', one(['They never go out alone.', 'Two girls carry water upstairs every night.'])],
  ['more', one(['', 'x'])],
  ['on-day', String(1 + below(28))],
  ['on-month', String(1 + below(12))],
  ['on-year', String(2020 + below(8))],
  ['until-day', ''],
  ['until-month', ''],
  ['until-year', ''],
  ['at', one(['9:30', '0930', '23.59'])],
  ['people', String(below(10_000))],
  ['children', one(['', '0', '12'])],
  ...(['never alone', 'locked in', 'injured'] as const).slice(below(4)).map((sign): [string, string] => ['seen', sign]),
  ['now', one(['yes', 'no'])],
];
