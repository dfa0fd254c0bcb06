/** Asks why a file is exported, on the page: words from a list and free text. The access log keeps both. */
import { z } from 'zod';
import type { Marking } from '../../vocabulary/marking.ts';
import type { Field, FieldBuilder } from '../forms/fields.ts';
import { RequiredText } from '../forms/forms.ts';
import type { FormPage } from '../rendering/pages.ts';

export const exportReasons = [
  'for a partner or the coordinator of the operation',
  'to publish it, or to send it to the press',
  'to answer somebody who asks or complains',
  'for a court, a lawyer or an inquiry',
  'for a meeting, or our own file',
  'another reason',
] as const;
export type ExportReason = (typeof exportReasons)[number];

/** A file for these leaves the agency. */
export const reasonsThatLeave: readonly ExportReason[] = [
  'for a partner or the coordinator of the operation',
  'to publish it, or to send it to the press',
  'to answer somebody who asks or complains',
];

export const ExportForm = z.object({
  why: z.enum(exportReasons, 'Select why you are exporting it'),
  words: RequiredText('Enter the recipient or a reference', 300),
});

export const tableShapes = ['xlsx', 'csv', 'json'] as const;
export type TableShape = (typeof tableShapes)[number];

/** The form of a file of tables, which can have three shapes. */
export const TableExportForm = ExportForm.extend({ shape: z.enum(tableShapes, 'Select a workbook, a table or data') });

export const askTableShape = (ask: FieldBuilder): Field =>
  ask.one('shape', 'As what?', [
    { value: 'xlsx', text: 'A workbook for a spreadsheet (XLSX)' },
    { value: 'csv', text: 'A table as text (CSV)' },
    { value: 'json', text: 'Data (JSON)' },
  ]);

/** As the log says it. */
export const formatExportReason = ({ why, words }: z.output<typeof ExportForm>): string => `${why}: ${words}`;

export type ExportPageOptions = {
  readonly marking: Marking;
  readonly title: string;
  readonly caption: string;
  /** Where it is sent to. */
  readonly action: string;
  readonly back: { readonly href: string; readonly text: string };
  readonly lead: readonly string[];
  /** Those of the list that there are for it; all, unless it says. */
  readonly reasons?: readonly ExportReason[];
  readonly first?: FormPage['first'];
  readonly more?: FormPage['more'];
  /** Asked before the reason. */
  readonly fields?: (ask: FieldBuilder) => readonly Field[];
};

export const exportPage = ({
  back,
  lead,
  marking,
  fields,
  reasons = exportReasons,
  ...taking
}: ExportPageOptions): FormPage => ({
  ...taking,
  back,
  lead: [...lead, `The file is marked ${marking}. The export, its recipient and its reason are logged.`],
  fields: (ask) => [
    ...(fields?.(ask) ?? []),
    ask.one('why', 'Why are you exporting it?', reasons),
    ask.text('words', 'Who is it for, or what is the reference?', {
      hint: 'Do not name anybody whom the records are about',
    }),
  ],
  button: 'Make the file',
  givesFile: true,
  cancel: back.href,
});
