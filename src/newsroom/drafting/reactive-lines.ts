/** Reactive lines: what the press desk answers when it is asked, from the figures that may be published. They are never part of a release. Pure. */
import type { Indicator } from '../../vocabulary/figures.ts';
import { isNought, statedQuantity } from './english.ts';
import { printedText } from './placeholder.ts';
import type { PublishableReturn } from './public-figures.ts';

export type ReactiveLine = { readonly question: string; readonly answer: string };

/** Takes what may be published, gives the questions that a newsroom asks after such a week, each with its answer. */
export function reactiveLines(publishable: PublishableReturn): ReactiveLine[] {
  const lines: readonly (readonly [question: string, sentences: readonly string[]])[] = [
    ['Which addresses did you visit, and what kind of places were they?', [places]],
    ['What happened at the other visits?', visitsOf(publishable)],
    ['How many victims did you find?', [victims]],
    ['What help did people get?', helpOf(publishable)],
    ['Who was arrested, and why?', arrestsOf(publishable)],
    ['Were people arrested who may be victims?', screeningOf(publishable)],
    ['Was anything damaged?', say(publishable, 'damage.done', damage)],
    ['Which agencies were there? Were immigration officers there?', [agencies]],
    ['Will you go back?', ['We do not speak about operations that may come.']],
  ];
  return lines
    .filter(([, sentences]) => sentences.length > 0)
    .map(([question, sentences]) => ({ question, answer: printedText(sentences.join(' '), publishable) }));
}

const places =
  'We do not name or describe the addresses. People who live or work there could be recognised, and some may need help.';
const victims =
  'We do not say how many people may be victims, or who. Whether somebody is a victim is decided later, and by others. By law victims stay anonymous all their life.';
const agencies =
  'The release names the partners who agreed to be named. We neither confirm nor deny which other agencies took part.';
const damage = 'Damage was recorded at {{damage.done|visit|visits|no visit}}.';

/** Nothing where the figure may not be published, nobody counted it, or it singles out one premises or person. */
function say({ figures, ofOne }: PublishableReturn, indicator: Indicator, sentence: string): string[] {
  const total = figures[indicator]?.total;
  if (total === undefined || statedQuantity(total).kind === 'not known') return [];
  return ofOne.has(indicator) ? [] : [sentence];
}

const visitsOf = (publishable: PublishableReturn): string[] => [
  ...say(
    publishable,
    'visits.nobodyFound',
    '{{visits.nobodyFound|visit was|visits were|no visit was}} made at which nobody answered.',
  ),
  ...say(publishable, 'visits.refused', '{{visits.refused|visit was|visits were|no visit was}} refused at the door.'),
  ...say(
    publishable,
    'visits.calledOff',
    '{{visits.calledOff|planned visit was|planned visits were|no planned visit was}} called off.',
  ),
];

function helpOf(publishable: PublishableReturn): string[] {
  const counted = [
    ...say(
      publishable,
      'people.advised',
      '{{people.advised|person was|people were|nobody was}} given safeguarding advice.',
    ),
    ...say(publishable, 'referrals.made', '{{referrals.made|referral was|referrals were|no referral was}} made.'),
    ...say(
      publishable,
      'referrals.accepted',
      '{{referrals.accepted|referral was|referrals were|no referral was}} accepted by the organisation asked.',
    ),
    ...say(
      publishable,
      'referrals.declined',
      '{{referrals.declined|referral was|referrals were|no referral was}} declined by the organisation asked.',
    ),
  ];
  return [...counted, 'We do not say more about the people we met: they decide who learns of it.'];
}

function arrestsOf(publishable: PublishableReturn): string[] {
  const made = publishable.figures['arrests.made'];
  if (!made || isNought(made.total)) return say(publishable, 'arrests.made', arrests);
  // Who asks about one arrest asks about one person.
  if (publishable.ofOne.has('arrests.made')) return ['We do not say more about arrests than the release does.', noName];
  const isReasonSaid = (made.breakdowns.byMatter ?? []).length > 0;
  return [
    ...say(publishable, 'arrests.made', arrests),
    isReasonSaid
      ? 'The reasons are in the release.'
      : 'We do not give the reasons. Do not take the arrests to be about exploitation.',
    noName,
  ];
}
const noName = 'We give no name, age or address. An arrest does not mean that a person has done wrong.';
const arrests = '{{arrests.made|person was|people were|nobody was}} arrested.';

const screeningOf = (publishable: PublishableReturn): string[] => {
  const made = publishable.figures['arrests.made'];
  if (made && isNought(made.total)) return [];
  const counted = [
    ...say(
      publishable,
      'arrests.screened',
      '{{arrests.screened|person arrested was|people arrested were|nobody arrested was}} screened for exploitation.',
    ),
    ...say(
      publishable,
      'arrests.notScreened',
      '{{arrests.notScreened|person arrested was|people arrested were|nobody arrested was}} not screened.',
    ),
  ];
  const isOfOne = publishable.ofOne.has('arrests.screened') || publishable.ofOne.has('arrests.notScreened');
  const said = isOfOne ? ['We do not give small numbers of people.'] : counted;
  return said.length === 0
    ? []
    : [...said, 'We do not say what happened next, because that could show who may be a victim.'];
};
