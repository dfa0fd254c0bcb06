/** The page of one figure: its definition, its parts, the records of each number, and the form to qualify it. */
import type { FormErrors } from '../../platform/http/server.ts';
import type { CasePage, FormPage, Section, StateItem } from '../../platform/rendering/pages.ts';
import type { Pages } from '../../platform/rendering/paging.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import {
  type Breakdown,
  type Cell,
  type Figure,
  type Indicator,
  indicators,
  isSafeguarding,
  type Quantity,
} from '../../vocabulary/figures.ts';
import { getIndicator } from '../../vocabulary/indicators.ts';
import { capital, plural } from '../../vocabulary/languages/english.ts';
import { premisesPaths } from '../../vocabulary/paths/operations.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import { arrestPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { checksTable } from '../checks-table.ts';
import { formatPart, formatQuantityText } from '../figure-words.ts';
import type { Return, Workings } from '../return.ts';
import { createBreakdownBars, formatFigure, row } from '../return-page.ts';
import type { Check } from './checks.ts';
import { formatCellName, type RecordKind, type RecordReference, totalCell } from './counting.ts';
import type { Edition } from './definitions.ts';
import { summingWords } from './definitions-page.ts';
import { safeguardingRecords } from './disclosure-control.ts';
import { describeExactness } from './exact-beside.ts';
import { describeProtection } from './protection-notices.ts';
import { countPhrases, getCount, isNotKnown, type QualifyRefusal } from './qualify.ts';
import { recordKindLabels } from './record-kinds.ts';

/** Which page shows a record, and which action opens it. Records of the safeguarding database are never among them. */
const recordLinks: Partial<Record<RecordKind, readonly [action: string, href: (record: RecordReference) => string]>> = {
  premises: ['target.read', ({ id }) => premisesPaths.premises(id)],
  'planned visit': ['target.read', ({ within }) => premisesPaths.premises(within ?? '')],
  power: ['target.read', ({ within }) => premisesPaths.premises(within ?? '')],
  visit: ['visit.read', ({ id }) => visitPaths.visit(id)],
  encounter: ['encounter.read', ({ within }) => visitPaths.visit(within ?? '')],
  arrest: ['arrest.read', ({ id }) => arrestPaths.arrest(id)],
  seizure: ['seizure.read', ({ within }) => visitPaths.visit(within ?? '')],
};

const closedRecordReasons: Record<RecordKind, string> = {
  premises: 'People who plan, command or carry out this operation can open the records of the premises.',
  'planned visit': 'People who plan, command or carry out this operation can open the plan.',
  power: 'People who plan, command or carry out this operation can open the powers of entry.',
  visit:
    'People who plan or command this operation can open the records of all its visits. Each team can open the records of its own visits. Give them the reference, such as V-4F7-K2Q: they can search for it.',
  encounter:
    'Planners and commanders of this operation, and the team at the visit, can open the records of people met.',
  arrest: 'Enforcement members of this operation can open the arrests.',
  seizure: 'Enforcement members of this operation can open the seizures.',
  'NRM referral': 'The officer who sent it can open it, and a planner or commander of their agency who says why.',
  member: 'The page of each visit lists the members who attended.',
  fact: 'These records stay in the safeguarding database.',
  referral: 'Referrals stay in the safeguarding database.',
};

/** Whether the member may open records of this kind in this operation. */
export type CanOpen = (action: string) => boolean;

/** Names of places, powers and visits from the plan, to show instead of ids. */
export type RecordNames = ReadonlyMap<string, string>;

/** Records of the safeguarding database are not described outside it. */
const formatRecord = ({ id, within }: RecordReference, words: RecordNames): string =>
  words.get(id) ?? words.get(within ?? '') ?? `reference ${id}`;

export const sayNoRecords = (total: Quantity | undefined): string =>
  total?.kind === 'number' && total.value === 0
    ? 'This figure is zero, so there are no records behind it.'
    : 'No record is counted behind this figure.';

function recordsTable(
  caption: string,
  records: readonly RecordReference[],
  { mayOpen, words }: { readonly mayOpen: CanOpen; readonly words: RecordNames },
  pages?: Pages,
  total?: Quantity,
): Section[] {
  const [first] = records;
  const closed = [...new Set(records.map(({ kind }) => kind))].filter((kind) => !mayOpen(recordLinks[kind]?.[0] ?? ''));
  return [
    {
      kind: 'table',
      id: 'records',
      caption,
      columns: ['Record', 'Which'].map((text) => ({ text })),
      rows: records.map((record) => {
        const way = recordLinks[record.kind];
        const open = way && mayOpen(way[0]);
        return [
          open
            ? { text: capital(record.kind), href: way[1](record), hidden: formatRecord(record, words) }
            : { text: capital(record.kind) },
          { text: capital(formatRecord(record, words)) },
        ];
      }),
      empty: sayNoRecords(total),
      pages,
    },
    ...(first && closed.length > 0
      ? [
          {
            kind: 'states' as const,
            items: closed.map((kind) => ({
              kind: 'withheld' as const,
              title: 'You cannot open these records here',
              text: closedRecordReasons[kind],
            })),
          },
        ]
      : []),
  ];
}

export type FigurePageData = {
  readonly drawn: Return;
  readonly workings: Workings | null;
  readonly indicator: Indicator;
  readonly edition: Edition | undefined;
  readonly cell: string;
  /** Null for who may not see behind a return. */
  readonly behind: { readonly records: readonly RecordReference[]; readonly pages: Pages } | null;
  /** Where the figure is not known: the records that should state it and do not. */
  readonly notStated: readonly string[] | undefined;
  readonly mayOpen: CanOpen;
  readonly words: RecordNames;
  readonly maySay: boolean;
  /** That something was said just now. */
  readonly saved: boolean;
};

/** A page of the records behind one part of a figure. */
export const pageOfCell = (figure: string, cell: string, page: number): string =>
  `${figure}?cell=${encodeURIComponent(cell)}&page=${page}#records`;

export function figurePage(shownHere: FigurePageData): CasePage {
  const { drawn, workings, indicator, edition, maySay, saved } = shownHere;
  const here = returnPaths.figure(drawn.id, indicator);
  const said = drawn.figures[indicator];
  const figure = workings?.counted[indicator] ?? said;
  // What was said of an earlier count is not said of a figure that is not known now.
  const qualification = isNotKnown(figure) ? undefined : workings?.qualifications[indicator];
  const heldBack = figure && workings && describeExactness(figure);
  return {
    back: { href: returnPaths.return(drawn.id), text: `Return ${drawn.version}` },
    caption: drawn.facts.codeName,
    title: capital(indicators[indicator]),
    done: saved
      ? `Saved. This figure is said ${qualification ? 'as' : 'exactly'}: ${formatQuantityText(said?.total)}.`
      : undefined,
    actions: maySay
      ? [{ text: 'Say it otherwise', href: returnPaths.qualify(drawn.id, indicator), secondary: true }]
      : [],
    sections: [
      {
        kind: 'figures',
        items: [
          {
            label: drawn.signature ? 'As signed' : 'As it would be signed',
            ...formatFigure(drawn, indicator),
            note: qualification
              ? `The records say ${formatQuantityText(figure?.total)}. ${qualification.reason}`
              : undefined,
          },
        ],
      },
      ...notKnownSections(shownHere),
      ...(heldBack ? [{ kind: 'states' as const, items: [{ kind: 'withheld' as const, text: heldBack }] }] : []),
      definitionSection(indicator, edition, drawn.definitions),
      ...(qualification ? [partsNotSaid] : []),
      {
        kind: 'bars',
        items: createBreakdownBars(figure, (name) => `${here}?cell=${encodeURIComponent(name)}#records`),
      },
      ...recordsSections(shownHere, figure, here),
    ],
  };
}

/** Why a figure is not known, which visits lack it, and what to do. */
function notKnownSections({ drawn, indicator, notStated, mayOpen, words }: FigurePageData): Section[] {
  if (!notStated) return [];
  const isCash = indicator === 'cash.seized';
  const lacking = isCash
    ? `${notStated.length} ${plural(notStated.length, 'seizure of cash has', 'seizures of cash have')} no amount`
    : `${notStated.length} ${plural(notStated.length, 'visit has', 'visits have')} no number in the search record`;
  return [
    {
      kind: 'states',
      items: [
        {
          kind: 'unwise',
          title: 'Why this figure is not known',
          text:
            notStated.length > 0
              ? `No record states a number for it: ${lacking}. Ask the officers to add it, and 0 where there was none.${drawn.signature ? ' Then count a new version.' : ' Then count again.'}`
              : `No record stated a number for it when it was counted. All do now.${drawn.signature ? ' Count a new version.' : ' Count again.'}`,
        },
        {
          kind: 'waiting',
          text: 'Until then it is said as “not known”. No other words would be true of the records.',
        },
      ],
    },
    ...(isCash
      ? []
      : recordsTable(
          'Visits without this number',
          notStated.slice(0, mostNotStated).map((id) => ({ kind: 'visit' as const, id, within: null })),
          { mayOpen, words },
        )
    ).map((section) => (section.kind === 'table' ? { ...section, id: 'not-stated', empty: undefined } : section)),
  ];
}

/** As many as a person can ask after. */
const mostNotStated = 50;

const partsNotSaid: Section = {
  kind: 'states',
  items: [
    {
      kind: 'withheld',
      title: 'Parts that are not said',
      text: 'What follows is for those who work on this return. Where the total is not given exactly, the signed return leaves its parts out, or says “at least”.',
    },
  ],
};

/** The records behind the figure, or behind the part of it that was chosen; why not, where they are not listed. */
function recordsSections(around: FigurePageData, figure: Figure | undefined, here: string): Section[] {
  const { indicator, edition, cell, behind } = around;
  if (!behind)
    return [
      {
        kind: 'states',
        items: [
          ...describeProtection(around.drawn, [indicator]).map((text): StateItem => ({ kind: 'withheld', text })),
          withheldNotice(indicator, edition?.definitions[indicator]?.records),
        ],
      },
    ];
  const parts = Object.entries(figure?.breakdowns ?? {}) as [Breakdown, readonly Cell[]][];
  const chosen = parts.flatMap(([breakdown, cells]) =>
    cells.filter(({ of }) => formatCellName(breakdown, of) === cell).map(({ of }) => formatPart(breakdown, of)),
  )[0];
  const caption = `Records behind ${chosen ? `“${chosen}”` : 'this figure'}`;
  const records = recordsTable(caption, behind.records, around, behind.pages, figure?.total);
  return cell === totalCell
    ? records
    : [...records, { kind: 'words', links: [{ href: here, text: 'All records behind this figure' }] }];
}

const roundedWords =
  'A total below 5 is shown as “fewer than 5”, also if it is nobody. Larger counts are rounded up or down to a multiple of 5, so that parts add up. In one part, 5 can stand for 0 to 9. Numbers change only after at least five people came or went.';

/** Why the records behind a figure are not listed. */
const withheldNotice = (indicator: Indicator, records: RecordKind | undefined): StateItem =>
  isSafeguarding(indicator)
    ? {
        kind: 'withheld',
        ...(records && !safeguardingRecords.includes(records)
          ? { title: 'Potential victims are not listed', text: `${roundedWords} Each agency can open its own records.` }
          : {
              title: 'The records stay in the safeguarding database',
              text: `${roundedWords} Safeguarding leads of support agencies in this operation can read the notes and referrals.`,
            }),
      }
    : {
        kind: 'withheld',
        title: 'The records stay with the partnership',
        text: 'Every number here leads back to records. They belong to those who made them; a coordinator sees the signed figures.',
      };

function definitionSection(indicator: Indicator, edition: Edition | undefined, label: string): Section {
  const definition = edition?.definitions[indicator];
  if (!definition)
    return {
      kind: 'states',
      title: 'Definition',
      items: [
        { kind: 'unwise', text: `This return was counted by the definitions of ${label}, which are not kept here.` },
      ],
    };
  return {
    kind: 'summary',
    title: 'Definition',
    rows: [
      row('Definition', definition.sentence),
      row('Unit', getIndicator(indicator).unit),
      row('How it adds up', summingWords[getIndicator(indicator).sums]),
      row('Counted from', recordKindLabels[definition.records]),
      row('Version', `${definition.version}, in force since ${longDay(definition.since)}`),
    ],
  };
}

export const checksPage = (operationReturn: Return, checks: readonly Check[]): CasePage => ({
  back: { href: returnPaths.return(operationReturn.id), text: `Return ${operationReturn.version}` },
  caption: operationReturn.facts.codeName,
  title: 'Checks of the figures',
  lead: [
    'These checks compare the figures with each other and with the records. You cannot sign this return while a check fails.',
    'A check marked “decide yourself” does not stop you signing. Look at it, then decide whether the figures are right.',
  ],
  sections: [checksTable(checks, operationReturn.id)],
});

export const checkPage = (operationReturn: Return, check: Check, mayOpen: CanOpen, words: RecordNames): CasePage => ({
  back: { href: returnPaths.checks(operationReturn.id), text: 'All checks' },
  caption: operationReturn.facts.codeName,
  title: check.says,
  sections: [
    {
      kind: 'states',
      items: [
        check.holds
          ? { kind: 'good', text: 'This holds.' }
          : { kind: check.stops === 'signing' ? 'unlawful' : 'unwise', text: check.found ?? '' },
      ],
    },
    {
      kind: 'list',
      title: 'Figures',
      items: check.figures.map((indicator) => ({
        text: capital(indicators[indicator]),
        href: returnPaths.figure(operationReturn.id, indicator),
      })),
    },
    ...(check.records.length > 0 ? recordsTable('Records that disagree', check.records, { mayOpen, words }) : []),
  ],
});

export function qualifyFigurePage(operationReturn: Return, workings: Workings, indicator: Indicator): FormPage {
  const count = getCount(workings.counted[indicator]?.total);
  const known = workings.qualifications[indicator];
  const quantity = known?.quantity;
  const number = quantity?.kind === 'number' ? quantity : undefined;
  const words = quantity?.kind === 'words' ? quantity.words : undefined;
  return {
    caption: operationReturn.facts.codeName,
    title: `How to say: ${indicators[indicator]}`,
    lead: [
      `The records say ${count.toLocaleString('en-GB')}. That number stays with the return for those who count; what you choose here is signed, and is all that press and coordinators see. Whatever is said must be true of the records.`,
      'If you do not give the total exactly, the signed return leaves out its parts by town and kind. If you say “at least” with the number of the records, it keeps the parts as “at least”.',
    ],
    action: returnPaths.qualify(operationReturn.id, indicator),
    cancel: returnPaths.figure(operationReturn.id, indicator),
    fields: (ask) => [
      ask.one(
        'how',
        'How is it said?',
        [
          { value: 'exactly', text: `Exactly: ${count.toLocaleString('en-GB')}` },
          { value: 'at least', text: 'At least a number', hint: { text: 'When there may be more than was recorded.' } },
          { value: 'about', text: 'About a number', hint: { text: 'Within a tenth of what the records say.' } },
          { value: 'in words', text: 'In words alone', hint: { text: 'When a number would tell too much.' } },
        ],
        { value: words ? 'in words' : (number?.qualifier ?? 'exactly') },
      ),
      ask.count('value', 'Number', {
        hint: 'For “at least” and “about”.',
        value: number ? String(number.value) : '',
      }),
      ask.choose(
        'words',
        'Words',
        Object.entries(countPhrases).map(([value, [fewest, most]]) => ({
          value,
          text: `${value} (${fewest} to ${most.toLocaleString('en-GB')})`,
        })),
        { hint: 'For “in words alone”.', value: words ?? '' },
      ),
      ask.words('reason', 'Why it is not said exactly', {
        hint: 'Needed unless you select “exactly”. Those who work on this return see it; press and the public do not.',
        value: known?.reason ?? '',
        most: 500,
        rows: 3,
      }),
    ],
  };
}

/** Error messages for a person who qualifies a figure. */
export const getQualifyErrors = (count: number): Record<QualifyRefusal, FormErrors> => ({
  'the records say fewer': { value: `The records say ${count}, so “at least” must be ${count} or less` },
  'not near the records': { value: `The records say ${count}: “about” must be within a tenth of that` },
  'the words are not true': { words: `The records say ${count}, and these words are not true of that` },
  'says nothing': { value: 'Enter 1 or more: less tells the reader nothing' },
  'is the exact number': { value: 'That is the exact number: select “exactly”' },
});
