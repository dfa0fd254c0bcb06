/** Invents releases in many shapes with the truth beside each, to measure the extraction: for tests alone. */

import type { ClaimContent, Part } from '../../../../src/newsroom/release-reading/parsed-release.ts';
import { dayAsInForm } from '../../../../src/newsroom/release-reading/places-and-days/dates.ts';
import { addDays, longDay, weekdayOf } from '../../../../src/vocabulary/calendar/days.ts';
import { dice } from '../../../harness/dice.ts';
import { arrestLines } from './arrest-phrases.ts';
import { areas, operations, others, signs, toldByOthers, towns, units } from './invented.ts';
import {
  contactLines,
  inWords,
  type Line,
  type Listed,
  line,
  listed,
  partnerLines,
  peopleLine,
  power,
  premisesLines,
  quoteLines,
  type Scene,
  windowLine,
} from './phrases.ts';

export const shapes = [
  'as the model',
  'no key points',
  'digits everywhere',
  'totals only',
  'people in one sentence',
  'people in a list',
  'arrests in several towns',
  'no arrests',
  'labour week',
  'fortnight',
  'dashed front matter',
  'contacts in a list',
  'partners in a list',
  'full of other numbers',
] as const;
export type Shape = (typeof shapes)[number];

/** `utterance`: the sentence, or the line that leads a list in; two mentions in one are two facts. */
export type Truth = {
  readonly told: ClaimContent;
  readonly sentence: string;
  readonly utterance: string;
  readonly part: Part;
};
export type Invented = { readonly shape: Shape; readonly file: string; readonly truth: readonly Truth[] };

function setScene(seed: number, shape: Shape): Scene {
  const roll = dice(seed);
  const { upTo, pick, some } = roll;
  const area = pick(areas);
  const from = addDays('2019-01-01', upTo(0, 2700));
  const figures = shape === 'digits everywhere' ? 'digits' : pick(['house', 'house', 'words', 'digits'] as const);
  const inDigits = (number: number) => figures === 'digits' || (figures === 'house' && number > 10) || number > 59;
  const chosen = some(towns, upTo(2, 4));
  return {
    dice: roll,
    shape,
    area,
    force: pick([`${area} Police`, `${area} Constabulary`]),
    operation: pick(operations),
    unit: pick(units),
    towns: chosen,
    split: chosen.map(() => upTo(1, 6)),
    from,
    to: addDays(from, shape === 'fortnight' ? 13 : upTo(4, 8)),
    period: shape === 'fortnight' ? 'fortnight' : 'week',
    focus:
      shape === 'labour week'
        ? 'labour exploitation'
        : pick(['sexual exploitation', 'modern slavery', 'human trafficking']),
    say: (number) => (inDigits(number) ? number.toLocaleString('en-GB') : inWords(number)),
  };
}

const quoted = (text: string): string => (/: | #|^["'@&*!|>%`]/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : text);

/** One invented release; the same seed and shape give the same release. */
export function invent(seed: number, shape: Shape): Invented {
  const scene = setScene(seed, shape);
  const { area, force, operation, period, focus, dice: roll } = scene;
  const { pick, upTo, some, chance } = roll;
  const truth: Truth[] = [];
  const out: string[] = [];
  const tell = (lines: readonly Line[], part: Part, lead?: string): string => {
    for (const { says, told } of lines)
      for (const one of told) truth.push({ told: one, sentence: says, utterance: `${part} ${lead ?? says}`, part });
    return lines.map(({ says }) => says).join(' ');
  };
  const paragraph = (...lines: readonly Line[]) => {
    if (lines.length > 0) out.push(tell(lines, 'body'), '');
  };
  const bullets = (list: Listed | undefined) => {
    if (!list) return;
    const mark = pick(['*', '-', '+', '•']);
    const uneven = chance(0.5);
    const ending = pick(['', '', ';', '.']);
    out.push(list.lead, '');
    for (const item of list.items)
      out.push(`${' '.repeat(uneven ? upTo(0, 3) : 1)}${mark} ${tell([item], 'body', list.lead)}${ending}`);
    out.push('');
  };

  const published = addDays(scene.to, upTo(1, 12));
  const longWritten = `${weekdayOf(published)} ${longDay(published)}`;
  const dashed = shape === 'dashed front matter';
  const day = dashed ? pick([published, longWritten, longDay(published)]) : dayAsInForm(published);
  truth.push({ told: { kind: 'published', day: published }, sentence: day, utterance: 'date', part: 'front matter' });
  const window = windowLine(scene);
  const described = chance(0.5);
  const description = described
    ? tell([window], 'description')
    : `How ${force} and its partners spent a ${period} of action.`;
  const title = pick([
    `${force} joins ${period} of action targeting ${focus}`,
    `Operation ${operation}: ${period} of action against ${focus}`,
  ]);
  const front = [
    dashed ? '---' : '```yaml',
    `area: ${area}`,
    'og:',
    `  description: ${quoted(description)}`,
    'publish:',
    `  date: ${day}`,
    `title: ${quoted(title)}`,
    `url: https://www.${area.toLowerCase()}.example.org/news/${seed}`,
    dashed ? '---' : '```',
    '',
  ];

  if (shape !== 'no key points' && chance(0.8)) {
    const heading = chance(0.7) ? '### ' : '';
    const warrants = line(`Warrants were served at businesses in ${listed(scene.towns)}`, power('warrant'));
    const points = [
      line(`Operation against ${focus}`),
      pick([warrants, line(`Partners worked together for a ${period}`)]),
      line('People were offered help'),
    ];
    for (const point of points) out.push(`${pick(['', ' '])}* ${heading}${tell([point], 'key points')}`, '');
  }

  const noise = (shape === 'full of other numbers' ? some(others, 8) : some(others, upTo(0, 2))).map((says) =>
    line(says, ...(toldByOthers[says] ?? [])),
  );
  const other = () => noise.splice(0, upTo(0, 2));
  paragraph(window);
  const helpers = partnerLines(scene);
  const unit = line(
    `During the ${period} the force’s ${scene.unit}, Operation Harbinger, carried out activities focusing on people who are vulnerable to ${focus}.`,
    { kind: 'unit', name: 'Operation Harbinger' },
  );
  paragraph(unit, ...helpers.lines);
  bullets(helpers.list);
  const arrests = arrestLines(scene);
  const together = chance(0.5);
  paragraph(...premisesLines(scene), ...(together ? arrests.lines : []), ...other());
  if (!together) paragraph(...other(), ...arrests.lines);
  bullets(arrests.list);
  paragraph(peopleLine(scene), ...other());
  paragraph(...quoteLines(scene));
  paragraph(...noise);
  bullets({
    lead: pick([
      `Spot the signs of ${focus}:`,
      '## Spot the signs',
      'Signs to look out for include:',
      'Some of the signs that someone is being exploited are:',
    ]),
    items: some(signs, upTo(3, 10)).map((text) => line(text, { kind: 'sign', text })),
  });
  const contacts = contactLines(scene);
  paragraph(...contacts.lines);
  bullets(contacts.list);

  const file = [...front, ...out].join('\n');
  for (const name of [operation, 'Harbinger'])
    if (file.includes(`Operation ${name}`))
      truth.push({
        told: { kind: 'operation', name: `Operation ${name}` },
        sentence: '',
        utterance: name,
        part: 'body',
      });
  return { shape, file: chance(0.1) ? file.replaceAll('\n', '\r\n') : file, truth };
}
