/** Drafts a release from a signed return: plain sentences whose every number is a placeholder, and a list of what stayed out. */

import type { Figure, Indicator, Quantity, SignedReturn } from '../../vocabulary/figures.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { isNought, statedQuantity } from './english.ts';
import { neutralWeek } from './plan-names.ts';
import {
  applyPolicy,
  arePartsNamed,
  type Decision,
  isLeftOut,
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
  /** What a writer may put in by hand: figures of one premises or one person. */
  readonly leftOut: readonly Withholding[];
  /** Public figures that no sentence here uses. */
  readonly unused: readonly FigureKey[];
};

export function draftRelease(signed: SignedReturn, policy: PublicationPolicy, extras: Extras): Draft {
  const publishable = applyPolicy(signed, policy, extras.decisions);
  const { facts } = publishable;
  const title = titleOf(publishable);
  const description = descriptionOf(publishable);
  const keyPoints = keyPointsOf(publishable);
  // What was done for people comes first. Visits stand between it and the arrests, so that nobody links the two.
  const body = [
    leadOf(publishable, extras.publishOn),
    helpOf(publishable),
    visitsOf(publishable),
    arrestsOf(publishable),
    weekOf(publishable, extras.publishOn),
    partnersOf(publishable),
  ]
    .map(paragraph)
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
    leftOut: publishable.leftOut,
    unused: figureKeys.filter(
      (key) => isPublishable(publishable, key) && !mentions(texts, key) && !isLeftOut(publishable, key),
    ),
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

/** What a draft says of an indicator: some or none, that it happened, or nothing because it was not counted, stays in or is of one alone. */
type IndicatorStatement = (indicator: Indicator) => 'some' | 'none' | 'happened' | 'nothing';
const indicatorStatementOf =
  (publishable: PublishableReturn): IndicatorStatement =>
  (indicator) => {
    const { figures, happened } = publishable;
    const figure = figures[indicator];
    if (isLeftOut(publishable, indicator)) return 'nothing';
    if (!figure) return happened.has(indicator) ? 'happened' : 'nothing';
    return isNought(figure.total) ? 'none' : 'some';
  };

const partsOf = (figure: Figure | undefined, breakdown: keyof Figure['breakdowns']): number =>
  (figure?.breakdowns[breakdown] ?? []).filter(({ quantity }) => !isNought(quantity)).length;

const paragraph = (sentences: readonly string[]): string => sentences.filter((sentence) => sentence !== '').join(' ');

/** Whether a sentence can give the number: there is some, somebody counted it, and it is not of one alone. */
const isSayable = (publishable: PublishableReturn, indicator: Indicator): boolean => {
  const total = publishable.figures[indicator]?.total;
  if (total === undefined || isLeftOut(publishable, indicator) || statedQuantity(total).kind === 'not known')
    return false;
  return total.kind !== 'number' || total.value > 0;
};

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

const visitedWords = (publishable: PublishableReturn): string => {
  const { one, many } = addressWords(publishable);
  return `{{premises.visited|${one}|${many}}}`;
};

const whoOf = ({ facts, counted }: PublishableReturn): string =>
  `${facts.leadAgency}${counted.facts.partners.length > 0 ? ' and its partners' : ''}`;

function titleOf(publishable: PublishableReturn): string {
  const { area } = publishable.facts;
  const weekName = headlineWeekOf(publishable);
  return indicatorStatementOf(publishable)('premises.visited') === 'some'
    ? `${visitedWords(publishable)} visited in ${area} during ${weekName.replace(/^Week\b/, 'week')}`
    : `${weekName} in ${area}`;
}

function descriptionOf(publishable: PublishableReturn): string {
  const { area, weekFocus } = publishable.facts;
  const aim = `to find and help people harmed by ${listOf(weekFocus) || 'exploitation'}.`;
  const who = whoOf(publishable);
  return indicatorStatementOf(publishable)('premises.visited') === 'some'
    ? `${who} visited ${visitedWords(publishable)} in ${area} ${aim}`
    : `An operation of ${who} in a week ${aim}`;
}

/** Results alone: a key point of nought is no news. */
function keyPointsOf(publishable: PublishableReturn): string[] {
  const { figures } = publishable;
  const has = indicatorStatementOf(publishable);
  const { one, many } = addressWords(publishable);
  const points: string[] = [];
  // Without a town it would only repeat the headline.
  const towns = (figures['premises.visited']?.breakdowns.byTown ?? []).map(({ of }) => of.town);
  if (has('premises.visited') === 'some' && towns.some((town) => town !== publishable.facts.area))
    points.push(`{{premises.visited|${one} was|${many} were}} visited {{premises.visited.byTown|names}}`);
  if (isSayable(publishable, 'people.advised'))
    points.push('{{people.advised|person was|people were|nobody was}} given safeguarding advice');
  else if (has('people.advised') === 'happened') points.push('Safeguarding advice was given');
  if (isSayable(publishable, 'warrants.executed'))
    points.push('{{warrants.executed|warrant was|warrants were}} executed');
  if (has('arrests.made') === 'some' && !areReasonsUnsaid(publishable))
    points.push(`{{arrests.made|person was|people were|nobody was}} ${heldWord(publishable)}${matters(publishable)}`);
  return points;
}

const reasons = 'arrests.made.byMatter';

/** The reasons by name. Where one of them is of one person, only if no reader can tell which. */
const areReasonsNamed = (publishable: PublishableReturn): boolean =>
  partsOf(publishable.figures['arrests.made'], 'byMatter') > 0 &&
  (!isLeftOut(publishable, reasons) || arePartsNamed(reasons, publishable.figures));

const matters = (publishable: PublishableReturn): string =>
  areReasonsNamed(publishable) ? ` {{${reasons}|names}}` : '';

/** A headline that names exploitation beside people held for another reason would make them look like suspects of it. */
function headlineWeekOf(publishable: PublishableReturn): string {
  const { weekName } = publishable.facts;
  const arrests = publishable.figures['arrests.made'];
  const isMisread =
    arrests !== undefined &&
    !isNought(arrests.total) &&
    (areReasonsUnsaid(publishable) || isNobodyHeldForCrime(publishable.counted));
  const namesHarm = /exploit|slave|traffick|forced|prostitut/i.test(weekName);
  return weekName === '' || (isMisread && namesHarm) ? capital(neutralWeek) : weekName;
}

/** The return has the reasons for arrests, and the draft leaves them out. */
const areReasonsUnsaid = (publishable: PublishableReturn): boolean =>
  partsOf(publishable.counted.figures['arrests.made'], 'byMatter') > 0 && !areReasonsNamed(publishable);

/** "Arrested" makes people think of crimes, so those held under other powers alone are "detained". */
const heldWord = (publishable: PublishableReturn): string =>
  isNobodyHeldForCrime(publishable.counted) && areReasonsNamed(publishable) ? 'detained' : 'arrested';

const when = (days: readonly [string, string]): string => (days[0] === days[1] ? 'on' : 'from');
const areOwnDays = ({ facts }: PublishableReturn): boolean => facts.localDates.join() !== facts.officialDates.join();

/** Who, what, where, when, what for. In the present until the last day is over: the check of dates holds a release to the tense of its day. */
function leadOf(publishable: PublishableReturn, publishOn: string): string[] {
  const { facts, figures } = publishable;
  const isOn = publishOn <= facts.localDates[1];
  const visited = indicatorStatementOf(publishable)('premises.visited');
  const [days, local] = areOwnDays(publishable)
    ? (['{{week.localDates}}', facts.localDates] as const)
    : (['{{week.dates}}', facts.officialDates] as const);
  const aim = `The aim ${isOn ? 'is' : 'was'} to find people harmed by ${listOf(facts.weekFocus) || 'exploitation'} and to offer them help.`;
  const { one, many } = addressWords(publishable);
  const none = visited === 'none' ? `{{premises.visited|${one} was|${many} were}} visited.` : '';
  if (visited !== 'some') return [takingPart(publishable, publishOn), aim, none];
  const towns = partsOf(figures['premises.visited'], 'byTown');
  const where = towns === 1 ? ' {{premises.visited.byTown|names}}' : towns === 0 ? ` in ${facts.area}` : '';
  const each = towns > 1 ? ': {{premises.visited.byTown}}' : '';
  const visits = `visited ${visitedWords(publishable)}${where}`;
  const who = whoOf(publishable);
  if (!isOn) return [`${who} ${visits} ${when(local)} ${days}${each}.`, aim];
  const have = who === facts.leadAgency ? 'has' : 'have';
  return [`${who} ${have} ${visits}${each}.`, `The operation is taking place ${when(local)} ${days}.`, aim];
}

const takingPart = ({ facts }: PublishableReturn, publishOn: string): string =>
  `${facts.leadAgency} ${publishOn <= facts.officialDates[1] ? 'is taking' : 'took'} part in ${inSentence(facts.weekName)} ${when(facts.officialDates)} {{week.dates}}.`;

/** The week around the operation, and the larger one around that. */
function weekOf(publishable: PublishableReturn, publishOn: string): string[] {
  const { facts } = publishable;
  const isOn = publishOn <= facts.officialDates[1];
  const isLead = indicatorStatementOf(publishable)('premises.visited') !== 'some';
  const days = areOwnDays(publishable) ? ` ${when(facts.officialDates)} {{week.dates}}` : '';
  // One country alone is no news: it is the force's own.
  const countries =
    (facts.participatingCountries ?? 0) > 1
      ? `{{week.countries|country|countries}} ${isOn ? 'take' : 'took'} part`
      : '';
  const parent = facts.parentWeekName && `The week ${isOn ? 'is' : 'was'} part of ${inSentence(facts.parentWeekName)}`;
  return [
    isLead
      ? ''
      : isOn
        ? takingPart(publishable, publishOn)
        : `The visits were part of ${inSentence(facts.weekName)}${days}.`,
    isLead && areOwnDays(publishable)
      ? `The operation in ${facts.area} ${publishOn <= facts.localDates[1] ? 'is taking' : 'took'} place ${when(facts.localDates)} {{week.localDates}}.`
      : '',
    parent ? `${[parent, countries].filter(Boolean).join(', in which ')}.` : countries && `${countries} in the week.`,
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
  const units = listOf(ownUnits.map((name) => `the ${name}`));
  const attended = counted.figures['people.deployed']?.breakdowns.byPartner?.filter(({ quantity }) => isSome(quantity));
  const there = [...ownUnits, ...partners].filter((name) => attended?.some(({ of }) => of.partner === name));
  return [
    unit ? `The ${unit} led the work${codeName && `, called ${codeName}`}.` : '',
    !unit && codeName ? `The work was called ${codeName}.` : '',
    with_.length > 0 ? `${unit || codeName ? 'It' : 'The work'} was planned with ${listOf(with_)}.` : '',
    units && `The plan included ${units} of ${leadAgency}.`,
    there.length > 0 ? `Staff from ${listOf(there)} went on visits.` : '',
  ];
}

/** Unknown counts as not recorded. */
const isSome = (quantity: Quantity): boolean =>
  quantity.kind === 'words' || (quantity.kind === 'number' && quantity.value > 0);

/** What happened at the addresses, and that nobody was arrested. Visits without an answer and the like stand in the table of figures. */
function visitsOf(publishable: PublishableReturn): string[] {
  const say = (indicator: Indicator, sentence: string): string => (isSayable(publishable, indicator) ? sentence : '');
  return [
    say('warrants.executed', '{{warrants.executed|warrant was|warrants were}} executed.'),
    say('seizures.made', '{{seizures.made|seizure was|seizures were}} made.'),
    // "May" and "signs": nobody has decided that it is so.
    say(
      'visits.withSigns',
      'At {{visits.withSigns|visit|visits}}, teams saw signs that others may be controlling people.',
    ),
    say('damage.done', 'Damage was recorded at {{damage.done|visit|visits}}.'),
    indicatorStatementOf(publishable)('arrests.made') === 'none' ? nobodyArrested : '',
  ];
}

const nobodyArrested = '{{arrests.made|person was|people were|nobody was}} arrested.';

function arrestsOf(publishable: PublishableReturn): string[] {
  const has = indicatorStatementOf(publishable);
  if (has('arrests.made') !== 'some') return [];
  const made = publishable.figures['arrests.made'];
  const premises = publishable.figures['arrests.premises'];
  const at = isSayable(publishable, 'arrests.premises') ? ' at {{arrests.premises|address|addresses}}' : '';
  const placed = [premises, made].find((figure) => partsOf(figure, 'byTown') > 0)?.indicator;
  const where = placed ? ` {{${placed}.byTown|names}}` : '';
  const isSplit = partsOf(made, 'byMatter') > 1 && !isLeftOut(publishable, reasons);
  const why = isSplit ? `: {{${reasons}}}` : matters(publishable);
  const isReasonSaid = areReasonsNamed(publishable);
  return [
    `{{arrests.made|person was|people were|nobody was}} ${heldWord(publishable)}${at}${where}${why}.`,
    areReasonsUnsaid(publishable)
      ? 'The reasons are left out of this release. Do not take the arrests to be about exploitation.'
      : '',
    partsOf(made, 'byKind') > 1 ? 'The powers used: {{arrests.made.byKind}}.' : '',
    partsOf(made, 'byKind') === 1 && !isReasonSaid ? 'They were held {{arrests.made.byKind|names}}.' : '',
    partsOf(made, 'bySexAgeResidence') > 0
      ? 'Those arrested were {{arrests.made.bySexAgeResidence}}.'
      : partsOf(made, 'bySex') > 0
        ? 'Those arrested: {{arrests.made.bySex}}.'
        : '',
    partsOf(made, 'byStatus') > 0 ? 'Since then: {{arrests.made.byStatus}}.' : '',
  ];
}

/** Kept apart from arrests in paragraph and sentence, so that nobody links the two. */
function helpOf(publishable: PublishableReturn): string[] {
  const has = indicatorStatementOf(publishable);
  const say = (indicator: Indicator, sentence: string): string => (isSayable(publishable, indicator) ? sentence : '');
  return [
    spokenTo(publishable),
    has('people.advised') === 'none' && has('people.spokenTo') !== 'none'
      ? '{{people.advised|person was|people were|nobody was}} given safeguarding advice.'
      : has('people.advised') === 'happened'
        ? 'Safeguarding advice was given.'
        : say('people.advised', '{{people.advised|person was|people were|nobody was}} given safeguarding advice.'),
    has('referrals.made') === 'happened'
      ? 'A support organisation was also asked to help.'
      : say('referrals.made', '{{referrals.made|referral was|referrals were}} made for further help.'),
  ];
}

/** One or two people are told of in the table alone, without a number. */
function spokenTo(publishable: PublishableReturn): string {
  if (indicatorStatementOf(publishable)('people.spokenTo') === 'none') {
    const unanswered = isSayable(publishable, 'visits.nobodyFound')
      ? 'At {{visits.nobodyFound|visit|visits}} nobody answered. '
      : '';
    return `${unanswered}Teams spoke to {{people.spokenTo|person|people|nobody}}.`;
  }
  if (!isSayable(publishable, 'people.spokenTo')) return '';
  const through = isSayable(publishable, 'people.interpreted')
    ? ', {{people.interpreted}} of them through an interpreter'
    : '';
  return `Teams spoke to {{people.spokenTo|person|people|nobody}}${through}.`;
}
