/** The parsers of the public site, each with its input and what must hold of its answer. */
import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import { z } from 'zod';
import {
  answersOf,
  CheckboxList,
  Count,
  Day,
  OptionalCount,
  OptionalDay,
  OptionalText,
  RequiredText,
  readForm,
  Sentence,
  Time,
  YesNo,
} from '../../../src/platform/forms/forms.ts';
import { lineStates, readingDays } from '../../../src/reports/attendance/attendance.ts';
import {
  AttendanceForm,
  findTooLong,
  MailboxForm,
  MessageForm,
  PressForm,
  ReadIdentityForm,
  readAnswers,
} from '../../../src/reports/forms.ts';
import {
  askedSteps,
  choices,
  type Field,
  fields,
  lineOf,
  type Step,
  splitAnswers,
  stepAfterPress,
  stepNames,
  steps,
} from '../../../src/reports/intake/questions.ts';
import {
  formatReceiptAsDigits,
  formatReceiptAsList,
  Receipt,
  readReceipt,
} from '../../../src/reports/mailbox/receipt.ts';
import { messageKinds } from '../../../src/reports/report.ts';
import { closingOutcomes } from '../../../src/reports/retention/retention.ts';
import { shoppingLists } from '../../../src/reports/shopping/lists.ts';
import { bent, type Hand, meaningless } from './hostile.ts';
import { multipartRun } from './multipart.ts';

/** How a run went, in a word. Throws where something did not hold. */
export type Run = (hand: Hand) => Promise<string> | string;

export const parsers: Readonly<
  Record<'receipt' | 'form' | 'multipart' | 'report form' | 'mailbox and staff forms', () => Promise<Run> | Run>
> = {
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
      const digits = formatReceiptAsDigits(read);
      const again = readReceipt(digits);
      if (!again || formatReceiptAsDigits(again) !== digits) throw new Error('what was read does not read again');
      return digits === shown[0] ? 'its receipt' : 'another receipt';
    };
  },
  multipart: multipartRun,
  form: () =>
    onTheWire(filledIn, (body) => {
      const form = readForm(EveryField, body);
      mustSpeak(form);
      return form.ok;
    }),
  'report form': () =>
    fromBytes(toldIn, (body) => {
      const { draft, question = 'who', press } = PressForm.parse(answersOf(body));
      const answers = readAnswers(question, body);
      mustBeAnswers(question, answers);
      const long = findTooLong(answers);
      const next = stepAfterPress(answers, question, stepNames.find((step) => step === press) ?? 'next');
      if (!askedSteps(answers).includes(next) && next !== question) throw new Error('leads to what is not asked');
      // Like a draft: questions that no longer apply have no answer, and contact details are kept separately.
      const { told, contact } = splitAnswers(answers);
      for (const field of Object.keys(told))
        if (steps.contact.some((one) => one === field)) throw new Error('contact details in the report');
      if (!['police', 'help'].includes(lineOf(answers))) throw new Error('goes nowhere');
      JSON.parse(JSON.stringify({ told, contact }));
      return draft !== '' && long.length === 0;
    }),
  'mailbox and staff forms': () =>
    fromBytes(comingBack, (body) => {
      const { draft, list, words } = MailboxForm.parse(answersOf(body));
      if ([draft, list, words].some((text) => typeof text !== 'string')) throw new Error('no text');
      readReceipt(list);
      for (const form of [MessageForm, ReadIdentityForm, AttendanceForm]) mustSpeak(readForm(form, body));
      return readForm(MessageForm, body).ok;
    }),
};

/** The public site's parser reads the bytes, without the site around it: ten times as many in a minute. */
function fromBytes(right: (hand: Hand) => [string, string][], read: (body: unknown) => boolean): Run {
  type Parser = (request: unknown, bytes: Buffer, done: (error: unknown, body: unknown) => void) => void;
  let parse: Parser = () => {};
  const door = { addContentTypeParser: (_type: string, _options: unknown, parser: Parser) => (parse = parser) };
  void formbody(door as never, {}, () => {});
  return (hand) => {
    const way = hand.below(10);
    const sent = new URLSearchParams(right(hand)).toString();
    const bytes = Buffer.from(way === 0 ? sent : way === 1 ? meaningless(hand) : bent(hand, sent));
    let body: unknown;
    parse(undefined, bytes, (_error, parsed) => (body = parsed));
    const said = read(body);
    if (Object.keys(Object.prototype).length > 0) throw new Error('something was written where every object finds it');
    if (way === 0 && !said) throw new Error('a form as it should be was not read');
    return said ? 'read' : 'not read';
  };
}

/** What is put to a form comes as it does from a browser, whole or bent; the answer is whether it was read. A form as it should be always is. */
async function onTheWire(right: (hand: Hand) => [string, string][], read: (body: unknown) => boolean): Promise<Run> {
  const app = Fastify();
  await app.register(formbody);
  app.post('/', async (request) => ({ read: read(request.body) }));
  await app.ready();
  return async (hand) => {
    const way = hand.below(10);
    const sent = new URLSearchParams(right(hand)).toString();
    const payload = way === 0 ? sent : way === 1 ? meaningless(hand) : bent(hand, sent);
    const answer = await app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload,
    });
    if (answer.statusCode !== 200 && !(payload === '' && answer.statusCode === 400))
      throw new Error(`answered ${answer.statusCode}: ${answer.body}`);
    if (Object.keys(Object.prototype).length > 0) throw new Error('something was written where every object finds it');
    const said = answer.json<{ read: boolean }>();
    if (way === 0 && !said.read) throw new Error('a form as it should be was not read');
    return said.read ? 'read' : 'not read';
  };
}

function mustSpeak(form: ReturnType<typeof readForm>): void {
  if (!form.ok && Object.values(form.errors).some((error) => typeof error !== 'string' || error === ''))
    throw new Error('refused without a word');
}

function mustBeAnswers(question: Step, answers: Readonly<Record<string, unknown>>): void {
  const asked: readonly string[] = steps[question];
  const known = choices as Readonly<Partial<Record<string, readonly string[]>>>;
  for (const [field, text] of Object.entries(answers)) {
    if (!asked.includes(field)) throw new Error(`answers what was not asked: ${field}`);
    if (typeof text !== 'string') throw new Error(`no text: ${field}`);
    if (text !== '' && known[field] && !known[field].includes(text)) throw new Error(`no choice of ours: ${field}`);
  }
}

const shownAs = (receipt: Receipt): string[] => [
  formatReceiptAsDigits(receipt),
  ...shoppingLists.map(({ language }) => formatReceiptAsList(receipt, language)?.join('\n') ?? ''),
];

/** Drawn by the seed, not by the machine, so that a run can be repeated: of 64 last signs one fits. */
function drawnReceipt({ below }: Hand): Receipt {
  const lines = Array.from({ length: 8 }, () => below(4_096));
  const last = (lines.pop() ?? 0) & ~0x3f;
  for (let check = 0; check < 64; check += 1) {
    const read = readReceipt(formatReceiptAsDigits(new Receipt([...lines, last | check])));
    if (read) return read;
  }
  throw new Error('no check fits');
}

/** Every kind of field that a form of ours can have. */
const EveryField = z.object({
  words: RequiredText('Enter something'),
  sentence: Sentence('Enter a sentence'),
  more: OptionalText(),
  on: Day('Enter a day'),
  until: OptionalDay(),
  at: Time('Enter a time'),
  people: Count(),
  children: OptionalCount(),
  seen: CheckboxList(['never alone', 'locked in', 'injured']),
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

const words = ['They never go out alone.', 'Nhiều người', 'لا يخرجون', 'a=b&c', '+44 7700 900123', ''] as const;

/** A question of the public form with answers, some of them to other questions. */
function toldIn({ below, one }: Hand): [string, string][] {
  const question = one(stepNames);
  const answered = fields.filter((field) => (steps[question] as readonly Field[]).includes(field) || below(4) === 0);
  return [
    ['draft', Array.from({ length: 43 }, () => one([...'abcXYZ019_-'])).join('')],
    ['question', question],
    ['press', one(['next', 'back', 'send', 'begin', ...stepNames])],
    ...answered.map((field): [string, string] => [
      field,
      one((choices as Partial<Record<Field, readonly string[]>>)[field] ?? words),
    ]),
  ];
}

/** The form of the mailbox and those of staff together: each takes what is its own. */
function comingBack(hand: Hand): [string, string][] {
  const { below, one } = hand;
  return [
    ['draft', 'x'.repeat(43)],
    ['press', one(['begin', 'open', 'add', 'withdraw'])],
    ['list', formatReceiptAsDigits(drawnReceipt(hand))],
    ['words', one(words)],
    ['kind', one(messageKinds)],
    ['outcome', one(closingOutcomes)],
    ['message', 'Can you say more about the van?'],
    ['base', String(below(50))],
    ['why', 'Her life is in danger.'],
    ['state', one(lineStates)],
    ...readingDays.slice(below(7)).map((day): [string, string] => ['days', day]),
    ['opens', one(['07:00', '7:00', '0700'])],
    ['closes', one(['22:00', '2200'])],
    ['promisedHours', String(1 + below(48))],
    ['readers', 'Two officers read it.'],
    ['mustAct', 'They act when a child is in danger.'],
    ['immigration', 'They do not tell.'],
    ['notice', 'It is kept for a year.'],
    ['keepsConfidence', one(['yes', 'no'])],
    ['onCall', 'The duty inspector'],
  ];
}
