/** What only the whole release shows: who is named first to call, words of the summary that the text does not bear out, an operation that goes on. Pure. */
import { longDay } from '../../vocabulary/calendar/days.ts';
import { blocksOf } from '../drafting/markdown.ts';
import type { Finding } from './finding.ts';
import { numbersIn } from './numbers.ts';
import type { Field } from './printed-fields.ts';

export type WholeFinding = Finding & { readonly part: string; readonly label: string };
type Place = { readonly start: number; readonly end: number; readonly sentence: string };

const blocking = { must: 'change', blocks: true, offers: [] } as const;

const at = ({ name, label, source }: Field, { start, end, sentence }: Place) => ({
  part: name,
  label,
  start,
  end,
  typed: source.slice(start, end),
  sentence,
});

const isSummary = ({ name }: Field): boolean => /^(?:title|description|point-)/.test(name);

/** Takes the printed fields with their figures filled in as `said`, and gives at most one finding of each kind. */
export function findInWhole(fields: readonly Field[], print: (source: string) => string): WholeFinding[] {
  return [...emergencyNotFirst(fields), ...warrantsOrVisits(fields, print)];
}

/** The sentence of the source around a place: enough for a list. */
function sentenceAround(source: string, from: number): string {
  const begin = Math.max(source.lastIndexOf('\n', from), source.lastIndexOf('. ', from) + 1) + 1;
  const rest = source.slice(from).search(/[.!?](?=\s|$)|\n/);
  return source.slice(begin, rest < 0 ? source.length : from + rest + 1).trim();
}

/** The first number to call in the text is the one for an emergency. */
function emergencyNotFirst(fields: readonly Field[]): WholeFinding[] {
  const body = fields.find(({ name }) => name === 'body');
  if (!body) return [];
  const numbers = numbersOf(body.source);
  const first = numbers[0];
  if (!first || isEmergency(first.typed)) return [];
  const isThere = numbers.some(({ typed }) => isEmergency(typed));
  return [
    {
      ...at(body, { ...first, sentence: sentenceAround(body.source, first.start) }),
      ...blocking,
      kind: 'wording',
      harm: 'contact',
      how: 'Next: put “In an emergency, call 999.” before every other number.',
      message: isThere
        ? 'A reader in danger must find 999 first. Write “In an emergency, call 999.” before every other number.'
        : 'A reader in danger finds no emergency number. Write “In an emergency, call 999.” before every other number.',
    },
  ];
}

const isEmergency = (typed: string): boolean => /^(?:999|112)$/.test(typed.trim());

/** Numbers to call, in the order in which a reader meets them. */
function numbersOf(source: string): { readonly start: number; readonly end: number; readonly typed: string }[] {
  return blocksOf(source).flatMap(({ kind, text, places }) =>
    kind !== 'prose'
      ? []
      : [
          ...numbersIn(text)
            .filter((one) => one.kind === 'phone')
            .map(({ start, end }) => ({ start, end })),
          ...[
            ...text.matchAll(/(?<![\d£.,])(?:999|112)(?![\d,.]\d|\d| (?:people|visits|address|premises|arrest))/g),
          ].map(({ index }) => ({ start: index, end: index + 3 })),
        ]
          .sort((one, other) => one.start - other.start)
          .map(({ start, end }) => ({
            start: places[start] ?? 0,
            end: (places[end - 1] ?? 0) + 1,
            typed: text.slice(start, end),
          })),
  );
}

const negated = /\b(?:no|not|without|never|nor)\b[^.]{0,24}$/i;

/** What the headline calls warrants, the text calls visits: a reader takes the one for the other. */
function warrantsOrVisits(fields: readonly Field[], print: (source: string) => string): WholeFinding[] {
  const body = fields.find(({ name }) => name === 'body');
  const said = body ? print(body.source) : '';
  if (!body || !/\bvisit(?:ed|s)\b/i.test(said) || /\bwarrants?\b/i.test(said)) return [];
  for (const field of fields.filter(isSummary)) {
    const match = /\bwarrants?\b(?: (?:was|were) (?:served|executed|carried out)(?= (?:at|in|on)\b))?/i.exec(
      field.source,
    );
    if (!match || negated.test(field.source.slice(0, match.index))) continue;
    const [start, end] = [match.index, match.index + match[0].length];
    return [
      {
        ...at(field, { start, end, sentence: sentenceAround(field.source, start) }),
        ...blocking,
        kind: 'contradiction',
        message: 'This says warrants, and the text says that addresses were visited. Say the same in both.',
        safer: match[0].includes(' ') ? 'Visits were made' : 'visits',
      },
    ];
  }
  return [];
}

/** For a release whose figures were signed before the last day of the operation. */
export const operationNotOver = (lastDay: string, signedFrom: string): WholeFinding => ({
  part: 'release',
  label: 'Whole release',
  start: 0,
  end: 0,
  typed: '',
  sentence: '',
  ...blocking,
  kind: 'contradiction',
  harm: 'operation not over',
  message: `The last day of the operation is ${longDay(lastDay)}, and a release would show who is still to be visited. An analyst can sign a return for publication from ${longDay(signedFrom)}.`,
});
