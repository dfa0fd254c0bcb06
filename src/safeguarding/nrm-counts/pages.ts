/** The IC-TIP count as a page, a table for a spreadsheet and data: each with the same figures and gaps. */
import { exploitationCodes, type IcTip } from '../../nrm/index.ts';
import { toCsv } from '../../platform/exports/csv.ts';
import { type ExportPageOptions, exportPage } from '../../platform/exports/export-reason.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { countShapes } from '../nrm-drafts/forms.ts';
import { marking } from '../nrm-drafts/route-question-pages.ts';
import { mostCounted } from '../nrm-drafts/store.ts';
import { type Cell, roundedCountWords, smallestShown } from './nrm-counts.ts';

const home = '/staff/safeguarding/nrm-referrals/counts';
const back = { href: '/staff/safeguarding/nrm-referrals', text: 'Concerns' };

export type Count = {
  readonly year: string;
  readonly agencyName: string;
  readonly version: IcTip;
  readonly cells: readonly Cell[];
  /** Whether there are more concerns than are counted. */
  readonly more: boolean;
};

const oursWords = ({ kind, ours }: Cell): string =>
  kind === 'form of exploitation' ? (exploitationCodes.types.find(({ key }) => key === ours)?.says ?? ours) : ours;
const peopleWords = ({ people }: Cell): string => (people === null ? 'not counted' : roundedCountWords(people));

const rules = [
  `People about whom your agency raised a concern in the year, each once in each row. Somebody may stand in several rows of exploitation.`,
  `A figure below ${smallestShown} is told as that, nothing and few alike; others are rounded down to a step of ${smallestShown}, so that no figure can be taken from another to find a small one.`,
];
const gapsOf = ({ kinds, check }: IcTip): string =>
  [
    kinds.some(({ gap }) => gap !== null)
      ? 'Its codes stand empty where they were not read.'
      : 'Every kind has codes; a word of ours without one says so.',
    ...check,
  ].join(' ');

export function countPage({ year, agencyName, version, cells, more }: Count, years: readonly string[]): Model {
  const kinds = [...new Set(cells.flatMap(({ kind }) => kind ?? []))];
  return {
    title: `Concerns counted, ${year}`,
    caption: agencyName,
    marking,
    back,
    lead: [...rules, ...(more ? [`Only the latest ${mostCounted.toLocaleString('en-GB')} concerns are counted.`] : [])],
    actions: [
      { href: `${home}/export?year=${year}`, text: 'Take it along' },
      ...years
        .filter((one) => one !== year)
        .map((one) => ({ href: `${home}?year=${one}`, text: one, secondary: true })),
    ],
    sections: [
      {
        kind: 'summary',
        title: version.name,
        rows: [
          ['In force since', longDay(version.validFrom)],
          ['Read on', longDay(version.dateChecked)],
          ['What was not read', gapsOf(version)],
          ['From', version.sources.map(({ title }) => title).join('; ')],
        ].map(([key, text]) => ({ key: { text: key }, value: { text } })),
      },
      ...kinds.map((kind) => ({
        kind: 'table',
        caption: `${capital(cells.find((cell) => cell.kind === kind)?.object ?? '')}: ${kind}`,
        stack: true,
        columns: [{ text: 'Ours' }, { text: 'IC-TIP' }, { text: 'People' }],
        rows: cells
          .filter((cell) => cell.kind === kind)
          .map((cell) => [
            { text: capital(oursWords(cell)) },
            cell.code ? { text: cell.code } : { text: `No code: ${cell.gap}` },
            { text: capital(peopleWords(cell)) },
          ]),
      })),
      {
        kind: 'table',
        caption: 'Not counted here',
        stack: true,
        columns: [{ text: 'Object' }, { text: 'Why' }],
        rows: cells
          .filter(({ people }) => people === null)
          .map(({ object, gap }) => [{ text: capital(object) }, { text: gap ?? '' }]),
      },
    ],
  };
}

const exportOptions = (year: string, years: readonly string[]): ExportPageOptions => ({
  marking,
  title: 'Take the count along',
  caption: 'Concerns, by the objects of IC-TIP',
  action: `${home}/export`,
  back: { href: `${home}?year=${year}`, text: 'Concerns counted' },
  lead: ['The figures of the page, with every gap by its name. It says of nobody that somebody is in it.'],
  fields: (ask) => [
    ask.choose('year', 'Of which year?', years, { value: year }),
    ask.one(
      'shape',
      'As what?',
      Object.entries(countShapes).map(([value, text]) => ({ value, text: capital(text) })),
    ),
  ],
});
export const exportCountPage = (
  year: string,
  years: readonly string[],
  typed?: Answers,
  errors: FormErrors = {},
): Model => exportPage(exportOptions(year, years), typed, errors);

export const countCsv = ({ year, agencyName, version, cells }: Count): string =>
  toCsv([
    ['Object', 'Kind', 'Ours', 'In words', 'IC-TIP code', 'People', 'Gap'],
    ...cells.map((cell) => [
      cell.object,
      cell.kind ?? '',
      cell.ours,
      oursWords(cell),
      cell.code ?? '',
      peopleWords(cell),
      cell.gap ?? '',
    ]),
    ['Note', '', '', `${agencyName}, ${year}, by ${version.name}`, '', '', rules.join(' ')],
    ['Note', '', '', '', '', '', gapsOf(version)],
  ]);

export const countJson = ({ year, agencyName, version, cells, more }: Count): string => {
  const { id, name, validFrom, dateChecked, sources, check } = version;
  const standard = { id, name, validFrom, dateChecked, sources, notRead: check };
  const of = { agency: agencyName, year, rules, complete: !more };
  return JSON.stringify(
    { standard, ...of, cells: cells.map((cell) => ({ ...cell, inWords: oursWords(cell) })) },
    null,
    2,
  );
};
