/** Drafts a release from a signed return: plain sentences whose every number is a placeholder, and a list of what stayed out. */

import type { Figure, Indicator, Quantity, SignedReturn } from '../../vocabulary/figures.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { isNought, sameQuantity } from './english.ts';
import { neutralWeek } from './plan-names.ts';
import {
  applyPolicy,
  type Decision,
  isNobodyHeldForCrime,
  type PublishableReturn,
  type Withholding,
} from './public-figures.ts';
import { type FigureKey, figureKeys, type PublicationPolicy } from './publication-policy.ts';

export type Quote = { readonly rank: string; readonly name: string; readonly unit: string; readonly words: string };

/** What the newsroom adds to a return before a release can be drafted. */
export type Extras = {
  /** `YYYY-MM-DD` */
  readonly publishOn: string;
  readonly embargoUntil: Date | null;
  /** References by name, not copies, so that the text always shows the current entry. */
  readonly signs: readonly string[];
  readonly contacts: readonly string[];
  readonly quote: Quote | null;
  readonly decisions: readonly Decision[];
};

export type Draft = {
  readonly returnId: string;
  readonly returnVersion: number;
  readonly policy: string;
  readonly approval: PublicationPolicy['approval'];
  readonly publishOn: string;
  readonly embargoUntil: Date | null;
  readonly title: string;
  readonly area: string;
  readonly description: string;
  readonly keyPoints: readonly string[];
  readonly body: string;
  /** Null leaves a place for one; `ask` says for what. */
  readonly quote: Quote | null;
  readonly ask: string;
  readonly signs: readonly string[];
  readonly contacts: readonly string[];
  readonly withheld: readonly Withholding[];
  /** Public figures that no sentence here uses. */
  readonly unused: readonly FigureKey[];
};

export function draftRelease(signed: SignedReturn, policy: PublicationPolicy, extras: Extras): Draft {
  const publishable = applyPolicy(signed, policy, extras.decisions);
  const { facts } = publishable;
  const has = indicatorStatementOf(publishable);
  const address = addressWords(publishable);
  const visited = has('premises.visited') === 'some';
  const focus = listOf(facts.weekFocus);
  const weekName = headlineWeekOf(publishable);
  const title = visited
    ? `${weekName} in ${facts.area}: {{premises.visited|${address.one}|${address.many}}} visited`
    : `${weekName} in ${facts.area}`;
  const together = publishable.counted.facts.partners.length > 0 ? ' and its partners' : '';
  const aim = `to find and help people harmed by ${focus || 'exploitation'}.`;
  const description = visited
    ? `${facts.leadAgency}${together} visited {{premises.visited|${address.one}|${address.many}}} in ${facts.area} ${aim}`
    : `An operation of ${facts.leadAgency}${together} in a week ${aim}`;
  const keyPoints = keyPointsOf(publishable);
  const body = [
    paragraph(openingSentences(publishable, extras.publishOn)),
    paragraph(partnersOf(publishable)),
    section('What happened', activitySentences(publishable)),
    section('Arrests', arrestsOf(publishable)),
    section('Help and advice', helpOf(publishable)),
    section('How you can help', [
      'Anyone can be exploited: a child or an adult, from here or from abroad.',
      'Learn the signs.',
      'If something seems wrong, tell somebody.',
      '“Spot the signs” says what to look for. “Get help or report” lists services and when they are open.',
      'Getting help does not depend on speaking to police or on the right to live here.',
    ]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
  const texts = [title, description, ...keyPoints, body].join('\n');
  return {
    returnId: signed.id,
    returnVersion: signed.version,
    policy: policy.name,
    approval: policy.approval,
    publishOn: extras.publishOn,
    embargoUntil: extras.embargoUntil,
    title,
    area: facts.area,
    description,
    keyPoints,
    body,
    quote: extras.quote,
    ask: 'A few sentences from the officer in charge: why the teams went, what they want people who need help to know, and what the public can do. No numbers.',
    signs: extras.signs,
    contacts: extras.contacts,
    withheld: publishable.withheld,
    unused: figureKeys.filter((key) => isPublishable(publishable, key) && !mentions(texts, key)),
  };
}

/** Whether a text has a placeholder for this very figure. */
export const mentions = (text: string, key: FigureKey): boolean =>
  text.includes(`{{${key}}}`) || text.includes(`{{${key}|`);

function isPublishable({ figures }: PublishableReturn, key: FigureKey): boolean {
  const [room, name, breakdown] = key.split('.');
  const figure = figures[`${room}.${name}` as Indicator];
  return figure !== undefined && (breakdown === undefined || breakdown in figure.breakdowns);
}

/** What may be said of an indicator: some or none, that it happened, or nothing because it was not counted or stays in. */
type IndicatorStatement = (indicator: Indicator) => 'some' | 'none' | 'happened' | 'nothing';
const indicatorStatementOf =
  ({ figures, happened }: PublishableReturn): IndicatorStatement =>
  (indicator) => {
    const figure = figures[indicator];
    if (!figure) return happened.has(indicator) ? 'happened' : 'nothing';
    return isNought(figure.total) ? 'none' : 'some';
  };

const partsOf = (figure: Figure | undefined, breakdown: keyof Figure['breakdowns']): number =>
  (figure?.breakdowns[breakdown] ?? []).filter(({ quantity }) => !isNought(quantity)).length;

const paragraph = (sentences: readonly string[]): string => sentences.filter((sentence) => sentence !== '').join(' ');
const section = (heading: string, sentences: readonly string[]): string =>
  sentences.length === 0 ? '' : `## ${heading}\n\n${paragraph(sentences)}`;

/** They are called businesses only where the return says of what kind each was, and none is a home. */
export function addressWords({ counted: { figures } }: PublishableReturn): {
  readonly one: string;
  readonly many: string;
} {
  const kinds = figures['premises.visited']?.breakdowns.byBusiness ?? [];
  const isBusiness = (name: string): boolean =>
    /business/i.test(name) || !/\b(?:home|house|flat|residen|not known)/i.test(name);
  const businesses = kinds.length > 0 && kinds.every(({ of }) => isBusiness(of.business ?? 'not known'));
  return businesses ? { one: 'business address', many: 'business addresses' } : { one: 'address', many: 'addresses' };
}

function keyPointsOf(publishable: PublishableReturn): string[] {
  const { figures } = publishable;
  const has = indicatorStatementOf(publishable);
  const { one, many } = addressWords(publishable);
  const points: string[] = [];
  if (has('premises.visited') !== 'nothing') {
    const where = partsOf(figures['premises.visited'], 'byTown') > 0 ? ' {{premises.visited.byTown|names}}' : '';
    points.push(`{{premises.visited|${one} was|${many} were}} visited${where}`);
  }
  if (has('warrants.executed') === 'some') points.push('{{warrants.executed|warrant was|warrants were}} executed');
  if (has('arrests.made') !== 'nothing' && !areReasonsWithheld(publishable))
    points.push(`{{arrests.made|person was|people were|nobody was}} ${heldWord(publishable)}${matters(publishable)}`);
  if (has('people.advised') === 'happened') points.push('Safeguarding advice was given');
  else if (has('people.advised') !== 'nothing')
    points.push('{{people.advised|person was|people were|nobody was}} given safeguarding advice');
  return points;
}

const matters = ({ figures }: PublishableReturn): string =>
  partsOf(figures['arrests.made'], 'byMatter') > 0 ? ' {{arrests.made.byMatter|names}}' : '';

/** A headline that names exploitation beside people held for another reason would make them look like suspects of it. */
function headlineWeekOf(publishable: PublishableReturn): string {
  const { weekName } = publishable.facts;
  const isMisread =
    indicatorStatementOf(publishable)('arrests.made') === 'some' &&
    (areReasonsWithheld(publishable) || isNobodyHeldForCrime(publishable.counted));
  const namesHarm = /exploit|slave|traffick|forced|prostitut/i.test(weekName);
  return weekName === '' || (isMisread && namesHarm) ? capital(neutralWeek) : weekName;
}

/** The return has the reasons for arrests, and the policy keeps them in. */
const areReasonsWithheld = ({ counted, figures }: PublishableReturn): boolean =>
  partsOf(counted.figures['arrests.made'], 'byMatter') > 0 && partsOf(figures['arrests.made'], 'byMatter') === 0;

/** "Arrested" makes people think of crimes, so those held under other powers alone are "detained". */
const heldWord = ({ counted, figures }: PublishableReturn): string =>
  isNobodyHeldForCrime(counted) && partsOf(figures['arrests.made'], 'byMatter') > 0 ? 'detained' : 'arrested';

/** In the present until the last day is over: the check of dates holds a release to the tense of its day. */
function openingSentences({ facts }: PublishableReturn, publishOn: string): string[] {
  const isWeekOn = publishOn <= facts.officialDates[1];
  const isOperationOn = publishOn <= facts.localDates[1];
  const when = (days: readonly [string, string]): string => (days[0] === days[1] ? 'on' : 'from');
  const local = facts.localDates.join() !== facts.officialDates.join();
  // One country alone is no news: it is the force's own.
  const countries =
    (facts.participatingCountries ?? 0) > 1
      ? `{{week.countries|country|countries}} ${isWeekOn ? 'take' : 'took'} part`
      : '';
  const parent = facts.parentWeekName && `It ${isWeekOn ? 'is' : 'was'} part of ${inSentence(facts.parentWeekName)}`;
  return [
    `${facts.leadAgency} ${isWeekOn ? 'is taking' : 'took'} part in ${inSentence(facts.weekName)} ${when(facts.officialDates)} {{week.dates}}.`,
    parent ? `${[parent, countries].filter(Boolean).join(', in which ')}.` : countries && `${countries}.`,
    local
      ? `The operation in ${facts.area} ${isOperationOn ? 'is taking' : 'took'} place ${when(facts.localDates)} {{week.localDates}}.`
      : '',
    facts.weekFocus.length > 0
      ? `The aim ${isWeekOn || isOperationOn ? 'is' : 'was'} to find people harmed by ${listOf(facts.weekFocus)} and to offer them help.`
      : '',
  ];
}

/** "the week of action", but "Operation Lantern"; without a name that may be printed, "a week of action". */
const inSentence = (name: string): string =>
  name === ''
    ? `a ${neutralWeek}`
    : /^(?:Operation|Project|the)\b/i.test(name)
      ? name
      : `the ${name.replace(/^Week\b/, 'week')}`;

/** The plan names partners. Attendance is stated only for those recorded at a visit. */
function partnersOf({ facts, unnamed, counted }: PublishableReturn): string[] {
  const { leadAgency, unit, codeName, ownUnits, partners } = facts;
  const with_ = [...partners, ...(unnamed.length > 0 ? ['other partners'] : [])];
  const attended = counted.figures['people.deployed']?.breakdowns.byPartner?.filter(({ quantity }) => isSome(quantity));
  const there = [...ownUnits, ...partners].filter((name) => attended?.some(({ of }) => of.partner === name));
  return [
    unit ? `The work${codeName && `, called ${codeName},`} was led by the ${unit} of ${leadAgency}.` : '',
    !unit && codeName ? `The work was called ${codeName}.` : '',
    ownUnits.length > 0 ? `The ${listOf(ownUnits)} of ${leadAgency} had a part in the plan.` : '',
    with_.length > 0 ? `The work was planned with ${listOf(with_)}.` : '',
    there.length > 0 ? `People of ${listOf(there)} went on visits.` : '',
  ];
}

/** Unknown counts as not recorded. */
const isSome = (quantity: Quantity): boolean =>
  quantity.kind === 'words' || (quantity.kind === 'number' && quantity.value > 0);

/** Says first that the figures come from the records alone, so that readers know the limits. */
function activitySentences(publishable: PublishableReturn): string[] {
  const sentences = [
    ...visitsOf(publishable),
    ...(indicatorStatementOf(publishable)('arrests.made') === 'none' ? [nobodyArrested] : []),
  ];
  return sentences.length > 0
    ? ['These figures come from the plan and from what the teams recorded.', ...sentences]
    : [];
}

/** "Visited" says what was done everywhere; "warrants" only ever stands beside the number executed. */
function visitsOf(publishable: PublishableReturn): string[] {
  const has = indicatorStatementOf(publishable);
  const { one, many } = addressWords(publishable);
  const say = (indicator: Indicator, sentence: string): string => (has(indicator) === 'nothing' ? '' : sentence);
  const towns = has('premises.visited') === 'some' ? partsOf(publishable.figures['premises.visited'], 'byTown') : 0;
  const where = ['', ' {{premises.visited.byTown|names}}'][towns] ?? ', {{premises.visited.byTown}}';
  const wentOut = has('visits.made') !== 'none';
  const { 'premises.visited': visited, 'visits.made': made } = publishable.figures;
  const again = !visited || !made || !sameQuantity(visited.total, made.total);
  return [
    say('premises.visited', `{{premises.visited|${one} was|${many} were}} visited${where}.`),
    say('premises.planned', '{{premises.planned|address was|addresses were|no address was}} on the plan.'),
    say(
      'visits.calledOff',
      '{{visits.calledOff|planned visit was|planned visits were|no planned visit was}} called off.',
    ),
    again ? say('visits.made', '{{visits.made|visit was|visits were|no visit was}} made.') : '',
    say('warrants.executed', '{{warrants.executed|warrant was|warrants were}} executed.'),
    wentOut ? say('visits.refused', '{{visits.refused|visit was|visits were|no visit was}} refused at the door.') : '',
    has('visits.nobodyFound') === 'none'
      ? ''
      : say('visits.nobodyFound', 'At {{visits.nobodyFound|visit|visits}} nobody answered.'),
    wentOut ? say('visits.withSigns', signsRecorded) : '',
    say('seizures.made', '{{seizures.made|seizure was made|seizures were made|no seizure was recorded}}.'),
    wentOut && has('damage.done') === 'none' ? 'No damage was recorded at any visit.' : '',
    wentOut && has('damage.done') !== 'none'
      ? say('damage.done', 'Damage was recorded at {{damage.done|visit|visits}}.')
      : '',
  ].filter((sentence) => sentence !== '');
}

/**
 * Counts visits with an indicator, not those without: the latter include visits with no reply, and a reader
 * would take "no sign" for "nothing wrong".
 */
const signsRecorded =
  '{{visits.withSigns|visit|visits|no visit}} recorded a sign that others may be controlling people. A sign does not prove or rule out exploitation. A visit without a recorded sign does not show that all was well.';

/** No heading for something that did not happen: its sentence joins what did. */
const nobodyArrested = '{{arrests.made|person was|people were|nobody was}} arrested.';

function arrestsOf(publishable: PublishableReturn): string[] {
  const has = indicatorStatementOf(publishable);
  if (has('arrests.made') !== 'some') return [];
  const made = publishable.figures['arrests.made'];
  const premises = publishable.figures['arrests.premises'];
  const at = premises && has('arrests.premises') === 'some' ? ' at {{arrests.premises|address|addresses}}' : '';
  const placed = [premises, made].find((figure) => partsOf(figure, 'byTown') > 0)?.indicator;
  const where = placed ? ` {{${placed}.byTown|names}}` : '';
  const sentences = [
    `{{arrests.made|person was|people were|nobody was}} ${heldWord(publishable)}${at}${where}${matters(publishable)}.`,
  ];
  if (areReasonsWithheld(publishable))
    sentences.push('This release leaves out the reasons for arrests. They need not be about exploitation.');
  if (partsOf(premises, 'byTown') > 1) sentences.push('The addresses: {{arrests.premises.byTown}}.');
  if (partsOf(made, 'byTown') > 1) sentences.push('By town: {{arrests.made.byTown}}.');
  if (partsOf(made, 'byMatter') > 1) sentences.push('By reason: {{arrests.made.byMatter}}.');
  if (partsOf(made, 'byKind') > 0) sentences.push('They were held {{arrests.made.byKind|names}}.');
  if (partsOf(made, 'byKind') > 1) sentences.push('By power: {{arrests.made.byKind}}.');
  if (partsOf(made, 'bySexAgeResidence') > 0) sentences.push('Those arrested: {{arrests.made.bySexAgeResidence}}.');
  else if (partsOf(made, 'bySex') > 0) sentences.push('Those arrested: {{arrests.made.bySex}}.');
  if (partsOf(made, 'byStatus') > 0) sentences.push('Since then: {{arrests.made.byStatus}}.');
  if (has('arrests.screened') !== 'nothing') {
    sentences.push(
      '{{arrests.screened|person arrested was|people arrested were|nobody arrested was}} screened for exploitation.',
    );
  }
  if (has('arrests.notScreened') !== 'nothing') {
    sentences.push(
      '{{arrests.notScreened|person arrested is|people arrested are|nobody arrested is}} without a record of such a check.',
    );
  }
  return [...sentences, 'An arrest does not mean that a person has done wrong.'];
}

/** Kept apart from arrests in section and sentence, so that nobody links the two. */
function helpOf(publishable: PublishableReturn): string[] {
  const has = indicatorStatementOf(publishable);
  const say = (indicator: Indicator, counted: string, happened: string): string =>
    ({ some: counted, none: counted, happened, nothing: '' })[has(indicator)];
  const referred = has('referrals.made') === 'some' || has('referrals.made') === 'happened';
  return [
    say(
      'people.spokenTo',
      'Teams spoke to {{people.spokenTo|person|people|nobody}}.',
      'Teams spoke to somebody whom they met.',
    ),
    has('people.interpreted') === 'none'
      ? ''
      : say(
          'people.interpreted',
          '{{people.interpreted|person|people}} spoke through an interpreter.',
          'An interpreter helped.',
        ),
    say(
      'people.advised',
      '{{people.advised|person was|people were|nobody was}} given safeguarding advice.',
      'Safeguarding advice was given.',
    ),
    say(
      'referrals.made',
      '{{referrals.made|referral was|referrals were|no referral was}} made for help.',
      'Help was asked for by referral.',
    ),
    referred
      ? say(
          'referrals.accepted',
          '{{referrals.accepted|referral was|referrals were|no referral was}} accepted by the organisation asked.',
          'An organisation accepted a referral.',
        )
      : '',
    referred
      ? say(
          'referrals.declined',
          '{{referrals.declined|referral was|referrals were|no referral was}} declined by the organisation asked.',
          'An organisation declined a referral.',
        )
      : '',
  ].filter((sentence) => sentence !== '');
}
