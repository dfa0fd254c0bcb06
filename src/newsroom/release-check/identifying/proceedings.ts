/** What must not be said while proceedings are active: a name before a charge, and words that a jury could take for proof. Pure. */
import type { Jurisdiction } from '../../../vocabulary/jurisdictions.ts';
import type { WatchedWord } from '../watched-words.ts';
import { namesOfPeople } from './names-of-people.ts';

type Sentence = { readonly start: number; readonly text: string };

const suspected =
  /\b(?:arrest(?:s|ed)?|detained|in custody|questioned|interviewed under caution|bailed|on bail|released under investigation|under investigation|suspects?|suspected|on suspicion|wanted|helping police|(?:brothel|massage parlour) keepers?|traffickers?|ring[\s-]?leaders?|gang[\s-]?masters?|pimps?|captors?|ran (?:the|this|a) (?:business|brothel|gang|network|operation)|(?:owner|manager|boss|landlord|landlady|employer|keeper)s?)\b/i;
const charged = /\bcharged\b/i;

const beforeCharge = { kind: 'identifying', harm: 'name before charge', must: 'justify' } as const;
/** The guidance is of England and Wales. Elsewhere it is a rule of this check, and says so. */
const whyBeforeCharge = (jurisdiction: Jurisdiction): string =>
  jurisdiction === 'England and Wales'
    ? 'Police name a suspect before a charge only exceptionally, by decision of a senior officer (College of Policing, media relations). Take the name out, or say who decided and why.'
    : `A name before a charge can harm a trial and a person. This is a rule of this check: the guidance in ${jurisdiction} was not read. Take the name out, or say who decided and why.`;

/** Proof and character, which only a court may weigh. */
const proof: readonly (readonly [RegExp, WatchedWord['must']])[] = [
  [
    /\b(?:confess(?:ed|es|ion|ions)?|admitted (?:to )?(?:the|it|his|her|their|running|keeping|controlling|being|that)|caught red[\s-]handed|known to (?:the )?police|previous (?:convictions?|offences?)|criminal records?|career criminals?|history of (?:violence|offending)|(?:clearly|obviously|undoubtedly) (?:behind|responsible))\b/gi,
    'change',
  ],
  [
    /\b(?:ran|running|behind|led|headed|masterminded|controlled|operated) (?:the |this |a )(?:[a-z]+ ){0,2}(?:gang|ring|network|brothel|racket|operation to traffick)\b/gi,
    'justify',
  ],
  [
    /\b(?:appear(?:ed|s|ing)? (?:in|at|before) (?:[A-Z][\w’']+ )*(?:court|Court|magistrates)|plead(?:ed|s)? (?:not )?guilty|pleas? of guilty|remanded|on trial|stood? trial|jury|sentenc(?:ed|ing)|prosecut(?:ed|ing)|in the dock|due in court)\b/gi,
    'justify',
  ],
];
const activeProceedings =
  'From an arrest on, proceedings are active, and words that a court has to weigh can be contempt (Contempt of Court Act 1981, section 2).';

/** `isName` tells whether a place is in a name of an organisation, a place or the plan. */
export function findActiveProceedings(
  { start, text }: Sentence,
  isName: (at: number) => boolean,
  jurisdiction: Jurisdiction,
): WatchedWord[] {
  const before = { ...beforeCharge, message: whyBeforeCharge(jurisdiction) };
  const names =
    suspected.test(text) && !charged.test(text)
      ? namesOfPeople(text).map((one) => ({ start: start + one.start, end: start + one.end, ...before }))
      : [];
  const words = proof.flatMap(([pattern, must]) =>
    [...text.matchAll(pattern)].map(
      ({ index, 0: { length } }): WatchedWord => ({
        start: start + index,
        end: start + index + length,
        kind: 'wording',
        harm: 'active proceedings',
        must,
        message: `${activeProceedings} ${must === 'change' ? 'Take it out.' : 'Take it out, or say which court said so and when.'}`,
      }),
    ),
  );
  return [...names.filter(({ start: at }) => !isName(at)), ...words];
}
