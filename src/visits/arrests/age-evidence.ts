/** Evidence for an adult age of somebody arrested as a child, or with an age not known. Source: PACE Code C (2023), 1.5: the person is treated as under 18 in the absence of clear evidence. Pure. */
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { AgeBasis } from '../../vocabulary/age.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { isTreatedAsChild, isUnconfirmedAdult } from '../child-arrests/child-notification.ts';
import type { Arrest } from '../visit.ts';

export const agesEvidence = [
  'a document was seen',
  'the council assessed it',
  'somebody who knows the person says so',
  'the person says so',
  'how the person looks, and nothing else',
] as const satisfies readonly AgeBasis[];

type Aged = Pick<Arrest, 'age' | 'ageBasis'>;
type Said = { readonly age: number | null; readonly ageBasis?: AgeBasis | '' | null | undefined };

const isAdult = ({ age }: { readonly age: number | null }): boolean => age !== null && age >= 18;
const needsEvidence = (known: Aged): boolean => isTreatedAsChild(known) || Boolean(known.ageBasis);

/** Asked where the arrest was recorded as a child's. */
export const ageEvidenceFields = (ask: FieldBuilder, known: Aged | undefined): Field[] =>
  known && needsEvidence(known)
    ? [
        ask.one(
          'ageBasis',
          'If the age is now 18 or over: the evidence',
          agesEvidence.map((value) => ({ value, text: capital(wordsOf(value)) })),
          {
            hint: 'What the person says, or how they look, is not clear evidence. The person stays treated as a child until assessed (PACE Code C, 1.5).',
            value: known.ageBasis ?? '',
          },
        ),
      ]
    : [];

/** Refuses to make a child an adult without naming the evidence. */
export const checkAgeEvidence = (known: Aged, said: Said): FormErrors | undefined =>
  needsEvidence(known) && isAdult(said) && !said.ageBasis
    ? { ageBasis: 'Select the evidence that the person is 18 or over' }
    : undefined;

/** The evidence to keep with the corrected age: none for a child, and none where nobody had to name it. */
export const keepAgeEvidence = (known: Aged, said: Said): AgeBasis | null =>
  needsEvidence(known) && isAdult(said) ? said.ageBasis || (known.ageBasis ?? null) : null;

/** "23, on appearance only: a child until assessed" */
export function formatArrestAge(arrest: Aged): string {
  if (arrest.age === null) return 'not known: a child until assessed';
  const evidence = arrest.ageBasis ? ` (${wordsOf(arrest.ageBasis)})` : '';
  return `${arrest.age}${evidence}${isUnconfirmedAdult(arrest) ? ': a child until assessed' : ''}`;
}

/** The heading of the notice about somebody who is treated as a child. */
export function childTitle(arrest: Aged): string {
  if (arrest.age === null) return 'Age not known';
  return isUnconfirmedAdult(arrest) ? 'Age not confirmed: treat as a child until assessed' : 'Under 18';
}
