/** Where a button leads from a question of the form, and whether that is a change of one answer. Pure. */
import type { Telling } from './draft.ts';
import { type Answers, type Step, stepNames, turn, turnAfterChange } from './questions.ts';

/** From the check page to one question is a change: from there Continue leads back. */
export function onFrom(telling: Telling, before: Answers, press: string): Telling {
  const { answers, step } = telling;
  if (telling.changing && press === 'next') return { ...telling, step: turnAfterChange(before, answers, step) };
  const wanted = wantedStep(telling, press);
  const changing = step === 'check' ? wanted !== 'check' : telling.changing;
  if (press === 'back') return { ...telling, step: wanted, changing: false };
  return { ...telling, step: wanted, changing };
}

function wantedStep({ answers, step, checked }: Telling, press: string): Step {
  if (press === 'next' || press === 'back') return turn(answers, step, press);
  const named = stepNames.find((one) => one === press);
  if (!named || (named === 'check' && !checked)) return step;
  return turn(answers, step, named);
}
