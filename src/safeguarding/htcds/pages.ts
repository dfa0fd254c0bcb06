/** Forms for exporting a person's record, and for opening one from another service’s file. */
import { z } from 'zod';
import { ExportForm, type ExportPageOptions, formatExportReason } from '../../platform/exports/export-reason.ts';
import { FieldBuilder } from '../../platform/forms/fields.ts';
import { RequiredText } from '../../platform/forms/forms.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { personsPath } from '../people/pages.ts';
import type { Person } from '../people/person.ts';
import type { ImportRefusal } from './htcds.ts';

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
  ground: z.enum(grounds, 'Select on what it rests that the record leaves'),
  why: z.enum(reasons, 'Select why you take it along'),
});
export const groundOf = (form: z.output<typeof RecordForm>): string => `${form.ground}; ${formatExportReason(form)}`;

export const recordExport = ({ id, called }: Pick<Person, 'id' | 'called'>): ExportPageOptions => ({
  marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
  title: 'Take this record along',
  caption: called,
  action: `${personsPath}/${id}/export`,
  back: { href: `${personsPath}/${id}`, text: 'The record' },
  lead: [
    'One file (JSON) in the words of the Human Trafficking Case Data Standard 2.0. What the standard has no field for stands beside it, and each gap is named in the file.',
    'Whoever gets it must read first when and how the person may be reached, and what must never be done.',
  ],
  reasons,
  fields: (ask) => [
    ask.one('ground', 'On what does it rest?', grounds, {
      hint: 'An adult is never named to others without agreeing to it, but for what the law asks.',
    }),
  ],
});

const maxFileLength = 100_000;
export const FileForm = z.object({ text: RequiredText('Paste the whole file', maxFileLength) });

export function filePage(typed?: Answers, errors: FormErrors = {}): Model {
  const ask = new FieldBuilder(typed, errors);
  return {
    title: 'Open a record from a file',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    back: { href: personsPath, text: 'Find a person' },
    errors,
    action: `${personsPath}/from-file`,
    lead: [
      'A file of another service in the words of the Human Trafficking Case Data Standard 2.0 (JSON), ours among them.',
      'Nothing is kept yet: what the file says stands in the form next, for you and the person to look at. Whoever is here already is searched for as always.',
    ],
    fields: [
      ask.words('text', 'The whole file', {
        hint: 'Open it as text, select all of it, and paste it here.',
        rows: 14,
        most: maxFileLength,
      }),
    ],
    button: 'Read the file',
    cancel: personsPath,
  };
}

export const fileErrors: Record<ImportRefusal, FormErrors> = {
  'no file of the standard': {
    text: 'This is no file of the standard: it must be JSON with fields like prs_FirstName. Paste all of it',
  },
  'another version': { text: 'This file is of another version of the standard. Ask whoever sent it for version 2.0' },
};
