/** What the forms of an arrest say where one of its rules refuses, and at which field. */
import { editConflict, reasonMissing } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { ClosingRefusal, ScreeningRefusal } from '../visit.ts';
import type { ArrestRefusal } from './arrest-rules.ts';

export const arrestErrors: Record<
  ArrestRefusal | ScreeningRefusal | ClosingRefusal | 'changed meanwhile' | 'reason for correcting missing',
  FormErrors
> = {
  finished: { '': 'This visit is finished. Open it again first, with a reason' },
  closed: { '': 'This arrest is closed. Correct it instead, with a reason' },
  'before arriving': { time: 'This is before the team arrived' },
  'after leaving': { time: 'This is after the team left. Enter a time during the visit, or correct the visit first' },
  'after telling about the child': { time: 'Somebody was told about this child before this time. Correct that first' },
  'in the future': { time: 'This time is in the future. Enter the time at which it happened' },
  'offence missing': { offence: 'Enter the offence of a criminal arrest' },
  'offence of an administrative arrest': {
    offence: 'Detention under immigration powers is for no offence. Leave this empty, or select a criminal arrest',
  },
  'not an immigration matter': { matter: 'An administrative arrest is over immigration alone' },
  'status of a criminal arrest': { status: 'Only somebody arrested for an offence is released under investigation' },
  'reason missing': { reason: 'Say why the person was not screened' },
  'who missing': { screenedBy: 'Enter who screened, when, and whether an interpreter was used' },
  'before the arrest': { time: 'This is before the arrest' },
  'not screened': { '': 'First record whether this person was screened for exploitation' },
  'still in custody': { '': 'The person is still in custody. Change the status first' },
  'changed meanwhile': editConflict,
  'reason for correcting missing': reasonMissing,
};
