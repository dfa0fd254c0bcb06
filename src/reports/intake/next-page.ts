/** Where a button leads from a question of the form, whether that is a change of one answer, and the two pages of the short way. Pure. */
import type { ReportDraft } from './draft.ts';
import { type Answers, type Step, stepAfterChange, stepAfterPress, stepNames } from './questions.ts';

/** From the check page to one question is a change: from there Continue leads back. */
export function nextDraft(telling: ReportDraft, before: Answers, press: string): ReportDraft {
  const { answers, step } = telling;
  if (telling.short) return { ...telling, step: stepInShort(telling, press) };
  if (telling.changing && press === 'next') return { ...telling, step: stepAfterChange(before, answers, step) };
  const wanted = requestedStep(telling, press);
  const changing = step === 'check' ? wanted !== 'check' : telling.changing;
  if (press === 'back') return { ...telling, step: wanted, changing: false };
  return { ...telling, step: wanted, changing };
}

function requestedStep({ answers, step, checked }: ReportDraft, press: string): Step {
  if (press === 'next' || press === 'back') return stepAfterPress(answers, step, press);
  const named = stepNames.find((one) => one === press);
  if (!named || (named === 'check' && !checked)) return step;
  return stepAfterPress(answers, step, named);
}

/** What can be added to a short report, each on a page of its own. */
export const extras = [
  'map',
  'sightings',
  'people',
  'vehicles',
  'knows',
  'files',
  'reach',
] as const satisfies readonly Step[];
export type Extra = (typeof extras)[number];

export const isShortPage = (step: Step): step is 'short' | 'more' => step === 'short' || step === 'more';

/** From its first page to the second, to what is added there and back; or on with one question a page, with all that was written. */
export function nextShortDraft(telling: ReportDraft, press: string): ReportDraft {
  if (press === 'begin') return { ...telling, short: undefined, step: 'who' };
  if (press === 'more' || press === 'back') return { ...telling, step: press === 'more' ? 'more' : 'short' };
  const extra = extras.find((one) => one === press);
  return extra ? { ...telling, step: extra } : telling;
}

/** Continue and Back lead to the second page again, but for the way to be reached, which is two questions. */
function stepInShort({ answers, step }: ReportDraft, press: string): Step {
  if (step === 'reach' && press === 'next' && answers.reach === 'yes') return 'contact';
  if (step === 'contact' && press === 'back') return 'reach';
  return press === 'next' || press === 'back' || press === 'check' ? 'more' : step;
}

/** Who reads it, as the button that sends a short report says. */
export const readerOfPress = (press: string): 'support' | 'police' | undefined =>
  press === 'send support' ? 'support' : press === 'send police' ? 'police' : undefined;

/** As a short report is sent: to the readers of its button, and without a reply where none was asked for. */
export const withShortDefaults = (telling: ReportDraft, reader: 'support' | 'police'): ReportDraft => ({
  ...telling,
  answers: { ...telling.answers, reader, receipt: telling.answers.receipt || 'none' },
});
