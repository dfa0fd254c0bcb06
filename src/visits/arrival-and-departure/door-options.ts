/** The answers to “What happened at the door?”, and under each what makes going in lawful. Pure. */
import type { VisitInPlan } from '../../operations/plan/index.ts';
import { findPower, powerName } from '../../operations/powers-of-entry/index.ts';
import type { Option } from '../../platform/forms/fields.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { enteredByPlanned } from '../forms.ts';
import { doorAnswerLabels } from '../pages.ts';
import type { PowerNotice } from '../power-notice.ts';
import { answers } from '../visit.ts';

const anyEntry =
  'Somebody with the right to admit you agreed, or you used a power and you went in without force. Going in without agreement and without a power is not lawful.';

/** Agreement alone lets a team in by consent or by licence. Other powers need none. */
export function describeEntry(basis: string, day: string): string {
  switch (findPower(basis, day)?.kind) {
    case 'consent':
      return 'Somebody with the right to admit you agreed. Without their agreement you may not go in, unless another power allows it.';
    case 'licence':
      return 'They let you in. Leave when they ask you to.';
    case undefined:
      return anyEntry;
    default:
      return 'You used this power, and you went in without force.';
  }
}

export const doorOptions: readonly Option[] = answers.map((answer) => ({
  value: answer as string,
  text: capital(doorAnswerLabels[answer]),
  ...(answer === 'entered' && { hint: { text: anyEntry } }),
}));

/** With a planned power, entering has two answers, and the first says the power too. Neither is selected in advance. */
export function listArrivalOptions(
  { basis, day }: Pick<VisitInPlan, 'basis' | 'day'>,
  notice: PowerNotice | undefined,
): readonly Option[] {
  if (basis === null) return doorOptions;
  const planned: Option = {
    value: enteredByPlanned(basis),
    text: `Entered as planned: ${powerName(basis)}`,
    hint: { text: notice ? `${notice.title}.` : describeEntry(basis, day) },
  };
  return doorOptions.flatMap((option) =>
    option.value === 'entered' ? [planned, { value: option.value, text: 'Entered by another power' }] : [option],
  );
}
