/** The form for exporting a person’s record. */
import { z } from 'zod';
import { ExportForm, type ExportPageOptions, formatExportReason } from '../../platform/exports/export-reason.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import type { Person } from '../people/person.ts';

/** An export always needs one of these grounds. */
const grounds = [
  'the person takes it along',
  'the person agreed that this recipient gets it',
  'the law asks for it',
] as const;
const reasons = [
  'for a partner or the coordinator of the operation',
  'for a court, a lawyer or an inquiry',
  'another reason',
] as const;

export const RecordForm = ExportForm.extend({
  ground: z.enum(grounds, 'Select the ground for this export'),
  why: z.enum(reasons, 'Select why you take it along'),
});
export const groundOf = (form: z.output<typeof RecordForm>): string => `${form.ground}; ${formatExportReason(form)}`;

export const recordExport = ({ id, called }: Pick<Person, 'id' | 'called'>): ExportPageOptions => ({
  marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
  title: 'Export this record',
  caption: called,
  action: recordPaths.export(id),
  back: { href: recordPaths.record(id), text: 'The record' },
  lead: [
    'You get one JSON file in the format of the Human Trafficking Case Data Standard 2.0. Details with no field in the data standard are added separately. The file lists the missing details.',
    'The recipient must first read when and how to contact the person safely, and what never to do.',
  ],
  reasons,
  fields: (ask) => [
    ask.one('ground', 'What is the ground for this export?', grounds, {
      hint: 'Name an adult to others only if the adult consents or the law requires it.',
    }),
  ],
});
