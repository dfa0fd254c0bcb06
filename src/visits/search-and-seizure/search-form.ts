/** What the search form accepts, and what contradicts the rest of the visit. Pure. */
import { z } from 'zod';
import { findPower } from '../../operations/powers-of-entry/index.ts';
import { dayOf, instantAt } from '../../platform/clock.ts';
import { Another, type FormErrors, OptionalCount, OptionalText, YesNo } from '../../platform/forms/forms.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { allowsForce, visitErrors } from '../arrival-and-departure/pages.ts';
import { correctionFields, MaybeTime } from '../forms.ts';
import {
  type Answer,
  consentWays,
  findings,
  findSearchContradictions,
  forcedAnswers,
  isSearchWithoutEntry,
  type Search,
  type Visit,
} from '../visit.ts';

/** One of these, or nothing where it is not asked. */
const Choice = <const Values extends readonly string[]>(values: Values) =>
  z
    .union([z.enum(values), z.literal('')])
    .optional()
    .transform((said) => (said ? said : null));

export const insideOnly = 'inside';

/** What people type for "there was none". The database counts earlier records by the same words: see 0039 of the schema. */
const nothingWords =
  /^\W*((n\/?a|not applicable|0)|(no|nil|none|nothing)( force| damage)?( was)?( known| caused| done| used| recorded| reported| damaged| broken)?)?\W*$/i;
/** Nothing, where it is left empty or says that there was none. */
const MaybeNothing = OptionalText(1_000).transform((text) => (text && nothingWords.test(text) ? null : text));

export const SearchForm = z.object({
  searched: YesNo('Select whether the premises were searched'),
  rooms: OptionalText(1_000),
  forceUsed: MaybeNothing,
  damage: MaybeNothing,
  noticeLeft: YesNo('Select whether a notice was left'),
  officerInCharge: OptionalText(120),
  roles: OptionalText(1_000),
  began: MaybeTime.default(''),
  ended: MaybeTime.default(''),
  articlesFound: Choice(findings),
  witnessRefused: OptionalText(500),
  peopleChecked: OptionalCount(),
  vehiclesChecked: OptionalCount(),
  documentsChecked: OptionalCount(),
  suspects: OptionalCount(),
  consentFrom: OptionalText(200),
  consentWay: Choice(consentWays),
  consentByWordBecause: OptionalText(500),
  consentLanguage: OptionalText(200),
  withdrawn: MaybeTime.default(''),
  /** Asked only where the arrival and the force contradict each other. */
  door: Choice([insideOnly, ...forcedAnswers]),
  base: correctionFields.base,
  why: OptionalText(500),
  finish: Another,
});

export type SearchSaid = z.output<typeof SearchForm>;

/** A time of the search on the wall's clock: on the day of the arrival, or after midnight where it is earlier than the arrival. */
function toMoment(time: string, { arrivedAt }: Pick<Visit, 'arrivedAt'>): Date | null {
  if (time === '') return null;
  const day = dayOf(arrivedAt);
  const at = instantAt(day, time);
  // The arrival has seconds, a typed time has none.
  return at.getTime() + 60_000 > arrivedAt.getTime() ? at : instantAt(addDays(day, 1), time);
}

/** The record as it is saved. What is not asked at this visit stays empty. */
export function toSearch(said: SearchSaid, visit: Pick<Visit, 'arrivedAt'>) {
  const { base: _b, why: _w, finish: _f, door: _d, began, ended, withdrawn, ...search } = said;
  return {
    ...search,
    beganAt: toMoment(began, visit),
    endedAt: toMoment(ended, visit),
    consentWithdrawnAt: toMoment(withdrawn, visit),
  };
}

/** What is asked because of the power that the team used. */
export const isByConsent = ({ basis }: Pick<Visit, 'basis'>, day: string): boolean =>
  basis !== null && findPower(basis, day)?.kind === 'consent';
export const isByWarrant = ({ basis }: Pick<Visit, 'basis'>, day: string): boolean =>
  basis !== null && findPower(basis, day)?.kind === 'warrant';

/** Consent needs somebody who may give it, and should be in writing (Code B, 5.1). */
function consentErrors({ consentFrom, consentWay, consentByWordBecause }: SearchSaid): FormErrors[] {
  return [
    ...(consentFrom ? [] : [{ consentFrom: 'Enter who agreed, by their role, and why they may agree' }]),
    ...(consentWay ? [] : [{ consentWay: 'Select how the person agreed' }]),
    ...(consentWay === 'by word' && !consentByWordBecause
      ? [{ consentByWordBecause: 'Say why the person did not agree in writing' }]
      : []),
  ];
}

const timeErrors = (
  { began, ended, withdrawn }: SearchSaid,
  visit: Pick<Visit, 'arrivedAt'>,
  now: Date,
): FormErrors[] => {
  const wrong = 'This time is before you arrived, or in the future. Enter the time at which it happened';
  const [from, to] = [toMoment(began, visit), toMoment(ended, visit)];
  return [
    ...Object.entries({ began, ended, withdrawn }).flatMap(([name, time]) => {
      const at = toMoment(time, visit);
      return at && at > now ? [{ [name]: wrong }] : [];
    }),
    ...(from && to && to < from ? [{ ended: 'The search ended before it began. Correct one of the two times' }] : []),
  ];
};

type Arrived = Pick<Visit, 'answer' | 'arrivedAt' | 'basis' | 'powerId' | 'basisGround'>;

/** The arrival says “without force” and the search record says force. One of the two is wrong, or force was used only inside. */
export function findForceAtDoor(
  said: Pick<SearchSaid, 'forceUsed' | 'door'>,
  visit: Pick<Arrived, 'answer' | 'basis' | 'powerId' | 'basisGround'>,
  known: Pick<Search, 'forceUsed'> | undefined,
  day: string,
): FormErrors | undefined {
  if (!said.forceUsed || visit.answer !== 'entered' || known?.forceUsed === said.forceUsed) return undefined;
  if (!said.door) return { door: 'The arrival says that you entered without force. Select when force was used' };
  return said.door !== insideOnly && !allowsForce(visit, day)
    ? {
        door: 'Nobody may enter by force with consent or an implied licence. Correct the visit first: select the power that allowed force',
      }
    : undefined;
}

/** The answer at the door that the search record proves wrong; undefined if it stays. */
export const getForcedAnswer = ({ door }: Pick<SearchSaid, 'door'>, answer: Answer | null): Answer | undefined =>
  answer === 'entered' && door && door !== insideOnly ? door : undefined;

/** Everything that is wrong with what was typed, together. */
export const listSearchErrors = (
  said: SearchSaid,
  {
    visit,
    known,
    day,
    now,
  }: { readonly visit: Arrived; readonly known: Search | undefined; readonly day: string; readonly now: Date },
): FormErrors[] => [
  ...findSearchContradictions(said).map((wrong) => visitErrors[wrong]),
  ...(isSearchWithoutEntry(said.searched, visit.answer) ? [visitErrors['search without entry']] : []),
  ...(isByConsent(visit, day) ? consentErrors(said) : []),
  ...timeErrors(said, visit, now),
  ...[findForceAtDoor(said, visit, known, day)].filter((error) => error !== undefined),
];
