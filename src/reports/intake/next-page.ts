/** Where a button leads from a question of the form, and whether that is a change of one answer. Pure. */
import type { ReportDraft } from './draft.ts';
import { type Answers, type Step, stepAfterChange, stepAfterPress, stepNames } from './questions.ts';

/** From the check page to one question is a change: from there Continue leads back. */
export function nextDraft(telling: ReportDraft, before: Answers, press: string): ReportDraft {
  const { answers, step } = telling;
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
