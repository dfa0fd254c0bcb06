/** Names that planners typed: a release prints those by which no reader can tell which address was visited. Pure. */
import type { OperationFacts } from '../../vocabulary/figures.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { tellingWordsIn } from '../release-check/telling-words.ts';
import type { PublishableReturn, Withholding } from './public-figures.ts';

/** Printed in place of the name of a week that is withheld. */
export const neutralWeek = 'week of action';

const names = {
  weekName: { what: 'the name of the week', instead: `“a ${neutralWeek}”`, blank: '' },
  codeName: { what: 'the code name of the operation', instead: 'nothing', blank: '' },
  parentWeekName: { what: 'the name of the larger week', instead: 'nothing', blank: null },
  unit: { what: 'the name of the unit', instead: 'nothing', blank: '' },
} as const satisfies Partial<Record<keyof OperationFacts, object>>;

/** Takes what may be published. Gives the same without the names whose words no release prints, and says which words. */
export function withoutTellingNames(publishable: PublishableReturn): PublishableReturn {
  let { facts, withheld } = publishable;
  for (const name of Object.keys(names) as (keyof typeof names)[]) {
    const why = whyNotPrinted(facts[name] ?? '', publishable);
    if (why === undefined) continue;
    const { what, instead, blank } = names[name];
    facts = { ...facts, [name]: blank };
    withheld = [...withheld, withholdingOf({ key: `facts.${name}`, what, instead }, why)];
  }
  for (const unit of facts.ownUnits) {
    const why = whyNotPrinted(unit, publishable);
    if (why === undefined) continue;
    facts = { ...facts, ownUnits: facts.ownUnits.filter((one) => one !== unit) };
    const of = { key: 'facts.ownUnits', what: 'the name of a unit that took part', instead: 'nothing' } as const;
    withheld = [...withheld, withholdingOf(of, why)];
  }
  return { ...publishable, facts, withheld };
}

function whyNotPrinted(name: string, publishable: PublishableReturn): string | undefined {
  const { identifying, forbidden, odd } = tellingWordsIn(name, publishable);
  const quoted = (words: readonly string[]): string => listOf(words.map((word) => `“${word}”`));
  const reasons = [
    identifying.length > 0
      ? `The name has ${quoted(identifying)}, which can tell a reader which address was visited.`
      : '',
    forbidden.length > 0 ? `The name has ${quoted(forbidden)}, which no release says of people.` : '',
    odd.length > 0
      ? `The name has ${quoted(odd)}, with hidden or unusual characters. Type the name again in the plan.`
      : '',
  ].filter((reason) => reason !== '');
  if (reasons.length === 0) return undefined;
  const cure = 'Write a public name without these words, if there is one.';
  return [...reasons, ...(identifying.length + forbidden.length > 0 ? [cure] : [])].join(' ');
}

const withholdingOf = (of: Pick<Withholding, 'key' | 'what' | 'instead'>, why: string): Withholding => ({
  ...of,
  effect: 'withheld',
  rule: 'names typed in the plan',
  why,
  source: 'This policy’s own rule, for the reason given',
});
