/** The forms to record, correct, review, dispose of and export intelligence. */
import { exportPage } from '../../platform/exports/export-reason.ts';
import { correctionFields, editConflict } from '../../platform/forms/correction.ts';
import { type Field, type FieldBuilder, revealing } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { itemExportReasons, mostLetters } from './forms.ts';
import { assessments, disposalReasons, handlings, type Item, sourceEvaluations } from './item.ts';
import type { SourceTrace } from './source-check.ts';
import type { OpenItem } from './store.ts';
import {
  assessmentWords,
  disposalWords,
  handlingWords,
  itemTitle,
  sourceEvaluationWords,
  traceWords,
} from './words.ts';

const marking = 'OFFICIAL-SENSITIVE: OPERATIONAL';
const listTitle = 'Intelligence';

const options = <Value extends string>(values: readonly Value[], words: Readonly<Record<Value, string>>) =>
  values.map((value) => ({ value, text: `${value}: ${words[value]}` }));

/** What was found, as the form sends it back: a reason counts for these words alone. */
const joinTraces = (traces: readonly SourceTrace[]): string => traces.map(({ words }) => words).join('\n');

/** Which words, and why: at the text itself. */
export const createTraceErrors = (traces: readonly SourceTrace[]): FormErrors => ({
  text: `Change the text, or say below why it does not lead to the source: ${traces.map(({ kind, words }) => `“${words}” ${traceWords[kind]}`).join('; ')}`,
});
export const notComparedErrors = {
  'too many texts': {
    text: 'You have checked 20 texts from this report in a day. Ask a colleague, or try again tomorrow.',
  },
  'too many names': {
    text: 'Use at most 40 different words with a capital letter. Record a longer text as several items.',
  },
} as const satisfies Readonly<Record<string, FormErrors>>;
export const itemErrors = {
  'taken back': { '': 'The reporter took this report back. Do not record intelligence from it.' },
  'changed meanwhile': editConflict,
  gone: { '': 'A colleague has disposed of this item. Copy your text if you still need it.' },
} as const satisfies Readonly<Record<string, FormErrors>>;

function traceFields(ask: FieldBuilder, traces: readonly SourceTrace[]): Field[] {
  if (traces.length === 0) return [];
  return [
    ask.words('checked', 'If you keep these words: why do they not lead to the source?', {
      hint: 'The reason is logged. Do not name the source in it.',
      most: 500,
      rows: 2,
    }),
    ask.hidden('found', joinTraces(traces)),
  ];
}

type Prefilled = Partial<Omit<OpenItem, 'id'>>;

const itemFields = (ask: FieldBuilder, traces: readonly SourceTrace[], known: Prefilled = {}): Field[] => [
  ask.words('text', 'Intelligence', {
    hint: 'Use your own words and the third person. Leave out the source and exact times. The check reads English alone.',
    most: mostLetters,
    rows: 8,
    value: known.text,
  }),
  ...traceFields(ask, traces),
  ask.day('from', 'When it happened: first day', { value: known.happenedFrom }),
  ask.day('to', 'When it happened: last day', {
    hint: 'Leave it empty if it was one day.',
    value: known.happenedTo === known.happenedFrom ? undefined : known.happenedTo,
  }),
  ask.one('sourceEvaluation', 'Source evaluation', options(sourceEvaluations, sourceEvaluationWords), {
    value: known.sourceEvaluation,
  }),
  ask.one('assessment', 'Information assessment', options(assessments, assessmentWords), {
    value: known.assessment,
  }),
  ask.one(
    'handling',
    'Handling code',
    options(handlings, handlingWords).map((option) => (option.value === 'C' ? { ...option, ...revealing } : option)),
    { value: known.handling },
  ),
  ask.words('conditions', 'Handling conditions', {
    hint: 'Say who may have it and what they must not do with it.',
    most: 1_000,
    rows: 2,
    revealed: 'when chosen',
    value: known.conditions,
  }),
];

/** What the form about a report begins with: its words, to be rewritten, and what helps to grade it. */
export type ReportToRecord = {
  readonly id: string;
  readonly words: string;
  /** How the source knows it: never part of the text. */
  readonly knows: string | undefined;
  readonly withdrawn: boolean;
  /** References of items made from it before. */
  readonly earlier: readonly string[];
};

export const reportItemPage = (report: ReportToRecord, traces: readonly SourceTrace[]): FormPage => ({
  title: 'Record intelligence',
  caption: `From report ${referenceOf('report', report.id)}`,
  ...backTo(reportPaths.police.report(report.id), `Report ${referenceOf('report', report.id)}`),
  lead: [
    'The text begins with the words of the report. Rewrite them so that nobody can tell who sent it.',
    ...(report.earlier.length > 0 ? [`Recorded from this report before: ${report.earlier.join(', ')}.`] : []),
  ],
  ...(report.withdrawn && { closed: true, errors: itemErrors['taken back'] }),
  button: 'Record intelligence',
  fields: (ask) => [
    ...(report.knows ? [ask.heading('knows', 'How the source knows it', report.knows)] : []),
    ...itemFields(ask, traces, { text: report.words }),
  ],
});

export const ownItemPage = (traces: readonly SourceTrace[]): FormPage => ({
  title: 'Record intelligence without a report',
  ...backTo(intelligencePaths.list(), listTitle),
  lead: ['Use this for a telephone call, an officer’s log or another record of your agency.'],
  button: 'Record intelligence',
  fields: (ask) => [
    ask.text('originalReference', 'Reference of the original record', {
      hint: 'Where colleagues find it. Do not enter the name of the source.',
    }),
    ...itemFields(ask, traces),
  ],
});

export const correctionPage = (item: OpenItem, base: number, traces: readonly SourceTrace[]): FormPage => ({
  title: 'Correct intelligence',
  caption: itemTitle(item.id),
  ...backTo(intelligencePaths.item(item.id), itemTitle(item.id)),
  lead: ['Earlier versions stay readable. If the text identifies its source, dispose of the item and record it again.'],
  button: 'Save the correction',
  fields: (ask) => [...itemFields(ask, traces, item), ...correctionFields(ask, base)],
});

const formBase = (item: Pick<Item, 'id'>) => ({
  caption: itemTitle(item.id),
  ...backTo(intelligencePaths.item(item.id), itemTitle(item.id)),
});

export const systemReferencePage = (item: Item): FormPage => ({
  ...formBase(item),
  title: 'Enter the reference of your own system',
  lead: ['Your own intelligence system keeps the record. Enter the reference that it gave this item.'],
  fields: (ask) => [
    ask.text('reference', 'Reference', { value: item.systemReference, classes: 'govuk-input--width-20' }),
  ],
});

export const reviewPage = (item: Item, until: string): FormPage => ({
  ...formBase(item),
  title: 'Review intelligence',
  lead: ['Keep an item only as long as police work needs it. The decision and its reason are kept.'],
  button: 'Keep it',
  more: { href: intelligencePaths.disposal(item.id), text: 'Dispose of it instead' },
  fields: (ask) => [
    ask.words('why', 'Why is it necessary to keep it?', { most: 1_000, rows: 3 }),
    ask.day('until', 'Day of the next review', { value: until }),
  ],
});

export const reviewErrors = {
  'not later': { until: 'Enter a day after today, at most ten years from now' },
} as const satisfies Readonly<Record<string, FormErrors>>;

export const disposalErrors = {
  'not due': { reason: 'It is not due for review yet. Select another reason, or keep it' },
  gone: { '': 'A colleague has disposed of it already.' },
} as const satisfies Readonly<Record<string, FormErrors>>;

export const disposalPage = (item: Item & { readonly text: string }): FormPage => ({
  ...formBase(item),
  title: 'Dispose of intelligence',
  lead: [item.text],
  warning:
    'The item, its earlier versions, its people, places and numbers, and decisions about them are removed for ever. The log keeps that it was there, and your reason.',
  button: 'Dispose of it',
  dangerous: true,
  fields: (ask) => [
    ask.one(
      'reason',
      'Why?',
      disposalReasons.map((value) => ({ value, text: disposalWords[value] })),
    ),
  ],
});

export const itemExportPage = (item: OpenItem): FormPage =>
  exportPage({
    marking,
    title: 'Make a 3x5x2 form',
    caption: itemTitle(item.id),
    action: intelligencePaths.export(item.id),
    back: { href: intelligencePaths.item(item.id), text: itemTitle(item.id) },
    reasons: itemExportReasons,
    lead: [
      'Read the text once more, as the people in it would.',
      item.text,
      'The form holds the sanitised text, its grade and its handling. It does not say which report it was made from.',
      ...(item.conditions ? [`Handling conditions go with it: ${item.conditions}`] : []),
    ],
    fields: (ask) => [
      ask.one('shape', 'As what?', [
        { value: 'pdf', text: 'A form to print (PDF)' },
        { value: 'json', text: 'Data for another system (JSON)' },
      ]),
    ],
  });
