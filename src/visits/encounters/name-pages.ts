/** Pages about the name of a person encountered, which is stored sealed. */

import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import {
  correctionFields,
  getMemberName,
  type MemberNames,
  textField,
  versionsSection,
} from '../../platform/forms/correction.ts';
import { FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import type { Name } from '../store.ts';
import { type Encounter, nameReasons } from '../visit.ts';
import { encounterPageFrame } from './pages.ts';

export const namePage = (
  met: Encounter,
  { name, reason, recordedBy, recordedAt }: Name,
  names: MemberNames,
  versions: readonly EarlierVersion[],
  openEarlier: (record: EarlierVersion['record']) => string,
  writes: boolean,
): Model => ({
  ...encounterPageFrame(met, 'The name'),
  actions: writes ? [{ href: `/staff/encounters/${met.id}/name/record`, text: 'Correct', secondary: true }] : [],
  sections: [
    {
      kind: 'summary',
      rows: [
        ['Name', name],
        ['Why it is needed', reason],
        ['Recorded', `by ${getMemberName(names, recordedBy)} at ${formatMoment(recordedAt)}`],
      ].map(([key, text]) => ({ key: { text: key }, value: { text } })),
    },
    ...versionsSection(versions, names, {
      sealed_name: ['name', (_sealed, record) => openEarlier(record)],
      reason: textField('why it is needed'),
    }),
  ],
});

/** Asked before any name is opened. The page says neither whether the person exists nor whether a name is held. */
export function nameReasonPage(id: string, typed?: Answers, errors: FormErrors = {}): Model {
  const ask = new FieldBuilder(typed, errors);
  return {
    title: 'Why do you need to read the name?',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    back: { href: `/staff/encounters/${id}`, text: 'The person met' },
    errors,
    action: `/staff/encounters/${id}/name`,
    lead: ['Your answer is written down with the look. Whoever answers for the record can read both.'],
    fields: [ask.one('why', 'I need it', nameReasons)],
    button: 'Read the name',
    cancel: `/staff/encounters/${id}`,
  };
}

export function recordNamePage(
  met: Encounter,
  base: number,
  known: string | undefined,
  typed?: Answers,
  errors: FormErrors = {},
): Model {
  const ask = new FieldBuilder(typed, errors);
  return {
    ...encounterPageFrame(met, known ? 'Correct the name' : 'Record a name', errors),
    lead: [
      'Only where it is needed: most people met are never named. It is kept under seal, and every look at it is written down.',
    ],
    fields: [
      ask.text('name', 'Name', {
        ...(known && { hint: 'A name is kept. It is not shown here: what you type takes its place.' }),
      }),
      ask.text('reason', 'Why it is needed', { value: known ?? '' }),
      ...(known ? correctionFields(ask, base) : [ask.hidden('base', String(base))]),
    ],
  };
}
