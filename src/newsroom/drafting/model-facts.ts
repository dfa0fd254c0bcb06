/** Every fact of the model release of 25 September 2019, mapped to our records, and its treatment in a draft. */
import type { Indicator, OperationFacts, SignedReturn } from '../../vocabulary/figures.ts';
import { type Draft, mentions } from './draft.ts';
import { publicMarkdown, publicText } from './placeholder.ts';
import type { PublishableReturn } from './public-figures.ts';
import { type FigureKey, figureKeys, type Key, ruleFor } from './publication-policy.ts';

export type ModelFact = {
  readonly fact: string;
  /** Where our records have it. */
  readonly key: Key;
  /** The wording of the model, for facts that it tells in words. A text with these words tells the fact in full. */
  readonly grain?: RegExp;
};

/** Facts alone, in our words. Kind of arrest is no fact of the model: it does not say. */
export const modelFacts: readonly ModelFact[] = [
  { fact: 'the area', key: 'facts.area' },
  { fact: 'the force that led', key: 'facts.leadAgency' },
  { fact: 'the name of the week', key: 'facts.weekName' },
  { fact: 'that the week was Europe-wide', key: 'facts.parentWeekName' },
  { fact: 'its first and last day', key: 'facts.officialDates' },
  { fact: 'what it was about: sexual exploitation', key: 'facts.weekFocus' },
  { fact: 'the unit', key: 'facts.unit' },
  { fact: 'its code name', key: 'facts.codeName' },
  { fact: 'another unit of the same force helped', key: 'facts.ownUnits' },
  { fact: 'five partners by name', key: 'facts.partners' },
  { fact: 'immigration and border officers among them', key: 'partners.immigration' },
  { fact: 'eight addresses visited', key: 'premises.visited' },
  { fact: 'they were businesses', key: 'premises.visited.byBusiness', grain: /business address/i },
  { fact: 'four, three and one in three named towns', key: 'premises.visited.byTown' },
  { fact: 'warrants, where any was executed', key: 'warrants.executed' },
  { fact: 'four people arrested', key: 'arrests.made' },
  { fact: 'at two addresses', key: 'arrests.premises' },
  { fact: 'in one town', key: 'arrests.premises.byTown' },
  { fact: 'over immigration matters', key: 'arrests.made.byMatter' },
  { fact: 'their sex: three women and a man', key: 'arrests.made.bySexAgeResidence' },
  { fact: 'their exact ages', key: 'arrests.made.bySexAgeResidence' },
  { fact: 'the town where they live', key: 'arrests.made.bySexAgeResidence' },
  { fact: 'several people given safeguarding advice', key: 'people.advised', grain: /several people were given/i },
  { fact: 'an officer quoted with rank, name and unit', key: 'release.quote' },
  { fact: 'a claim that the number of victims grows', key: 'release.trend' },
  { fact: 'the signs to spot', key: 'release.signs' },
  { fact: 'the numbers to call, their hours, a website and a social handle', key: 'release.contacts' },
];

export type FactOutcome = {
  readonly fact: string;
  /** "Vanished": neither told nor withheld by a rule. It is a fault that a test looks for. */
  readonly outcome: 'told' | 'coarsened' | 'withheld' | 'not in the return' | 'vanished';
  readonly rule: string;
};

/** Looks for each fact in the text of the draft itself, and only then asks the policy what became of it. */
export function findFactOutcomes(
  facts: readonly ModelFact[],
  draft: Draft,
  publishable: PublishableReturn,
): FactOutcome[] {
  const evidence = readEvidence(draft, publishable);
  return facts.map(({ fact, key, grain }) => {
    const note = draft.withheld.find((one) => one.key === key);
    const stands = isStatedIn(key, evidence);
    const outcome = (): FactOutcome['outcome'] => {
      if (!isCounted(key, publishable.counted)) return 'not in the return';
      if (grain?.test(evidence.said)) return 'told';
      if (!note) return stands ? 'told' : 'vanished';
      if (note.effect === 'withheld' || key === 'release.trend') return 'withheld';
      return stands || (publishable.happened.has(key as Indicator) && happening.test(evidence.said))
        ? 'coarsened'
        : 'vanished';
    };
    return { fact, outcome: outcome(), rule: note?.rule ?? ruleFor(publishable.policy, key).name };
  });
}

const happening = /advice was given/i;

type Evidence = {
  readonly draft: Draft;
  readonly publishable: PublishableReturn;
  readonly typed: string;
  readonly said: string;
};

/** The text as typed, for placeholders, and as the public would read it; empty where the public would read nothing. */
function readEvidence(draft: Draft, publishable: PublishableReturn): Evidence {
  const said = [
    publicMarkdown(draft.body, publishable),
    ...[draft.title, ...draft.keyPoints].map((text) => publicText(text, publishable)),
  ];
  const whole = said.every(({ ok }) => ok);
  return {
    draft,
    publishable: publishable,
    typed: whole ? [draft.title, ...draft.keyPoints, draft.body].join('\n') : '',
    said: whole
      ? said
          .map((part) => (part.ok ? part.value : ''))
          .join('\n')
          .replaceAll('\\', '')
      : '',
  };
}

function isCounted(key: Key, { figures, facts }: SignedReturn): boolean {
  const [room, name = '', breakdown] = key.split('.');
  if (room === 'facts') return `${facts[name as keyof OperationFacts] ?? ''}` !== '';
  if (!(figureKeys as readonly Key[]).includes(key)) return true;
  const figure = figures[`${room}.${name}` as Indicator];
  return figure !== undefined && (breakdown === undefined || breakdown in figure.breakdowns);
}

function isStatedIn(key: Key, { draft, publishable, typed, said }: Evidence): boolean {
  if ((figureKeys as readonly Key[]).includes(key)) return mentions(typed, key as FigureKey);
  switch (key) {
    case 'release.quote':
    case 'release.trend':
      return draft.quote !== null;
    case 'release.signs':
      return draft.signs.length > 0;
    case 'release.contacts':
      return draft.contacts.length > 0;
    case 'facts.officialDates':
      return typed.includes('{{week.dates}}');
    case 'facts.localDates':
      return typed.includes('{{week.localDates}}');
    case 'partners.immigration':
      return (
        publishable.unnamed.length === 0 &&
        publishable.counted.facts.partners.every((partner) => said.includes(partner))
      );
    default: {
      const value = publishable.facts[key.slice('facts.'.length) as keyof OperationFacts];
      const words = [value].flat().map((word) => `${word}`.toLowerCase());
      return words.length > 0 && words.every((word) => said.toLowerCase().includes(word));
    }
  }
}
