/** Reads a form with a decision on each pair of its list. Pure. */
import { createHash } from 'node:crypto';
import type { Answers, FormErrors } from '../../../platform/forms/forms.ts';
import { type KeptAnswer, keptAnswers, type LikelyPair } from '../inbox/joint-visits.ts';

/** A pair's key holds towns and kinds as they were typed: the name of its field does not. */
export const fieldOf = ({ key }: Pick<LikelyPair, 'key'>): string =>
  `pair-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
/** The field with the answer that the form was opened with. */
export const openedField = (field: string): string => `was-${field}`;

export const answerWords: Readonly<Record<KeptAnswer, string>> = {
  same: 'the same visit',
  different: 'different visits',
  open: 'not decided yet',
};

export type PairChange = { readonly pair: string; readonly answer: KeptAnswer };

const isAnswer = (value: unknown): value is KeptAnswer => keptAnswers.some((answer) => answer === value);

type Kept = { readonly pair: string; readonly answer: KeptAnswer };
export const answerOf = (decisions: readonly Kept[], key: string): KeptAnswer =>
  decisions.find(({ pair }) => pair === key)?.answer ?? 'open';

/** What was changed since the form was opened. Refuses an answer that a colleague gave otherwise meanwhile, a pair that is no longer there, and an answer without the one that the form was opened with. */
export function readDecisions(
  typed: Answers,
  { pairs, decisions }: { readonly pairs: readonly LikelyPair[]; readonly decisions: readonly Kept[] },
): { readonly changes: readonly PairChange[]; readonly errors: FormErrors } {
  const byField = new Map(pairs.map((pair) => [fieldOf(pair), pair]));
  const errors: Record<string, string> = {};
  const changes: PairChange[] = [];
  for (const [field, answer] of Object.entries(typed)) {
    if (!field.startsWith('pair-')) continue;
    const pair = byField.get(field);
    const now = pair ? answerOf(decisions, pair.key) : 'open';
    const was = typed[openedField(field)];
    if (!isAnswer(answer)) errors[field] = 'Select an answer';
    else if (!isAnswer(was)) errors[field] = 'Open this page again, then decide';
    else if (answer === was) continue;
    else if (!pair) errors[''] = 'The returns of this week changed. Check the list, then save again';
    else if (now === answer) continue;
    else if (now !== was)
      errors[field] = `A colleague decided “${answerWords[now]}” before you saved. Check your answer, then save again`;
    else changes.push({ pair: pair.key, answer });
  }
  if (changes.length === 0 && Object.keys(errors).length === 0) errors[''] = 'Change one answer or more, then save';
  return { changes, errors };
}
