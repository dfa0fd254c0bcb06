/** What the records of a visit already answer of the form, so that nobody types it twice. Pure. */
import type { Facts, FactValue } from '../../../nrm/index.ts';
import type { AgeTreatment } from '../../../vocabulary/age.ts';
import { longDay } from '../../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../../vocabulary/calendar/moments.ts';
import { dayOf } from '../../../vocabulary/calendar/wall-clock.ts';
import type { VisitInterpreter } from '../../../vocabulary/interpreting.ts';
import type { AgencyKind } from '../../../vocabulary/people.ts';
import type { Arrest, Encounter, Screening } from '../../visit.ts';

export type RecordsKnown = {
  readonly reference: string;
  readonly age: AgeTreatment;
  readonly visit: { readonly arrivedAt: Date };
  readonly premises: {
    readonly name: string;
    readonly address: string;
    readonly town: string;
    readonly postcode: string | null;
  };
  readonly met: Pick<Encounter, 'language' | 'interpreter' | 'spokenTo' | 'place'> | undefined;
  readonly arrest: Pick<Arrest, 'sex' | 'arrestedAt' | 'residence' | 'custodyRef'> | undefined;
  readonly screening: Pick<Screening, 'outcome' | 'screenedBy' | 'screenedAt' | 'interpreter'> | undefined;
  /** Indicators of the person and of the premises, in the words of the list, each with what was seen. */
  readonly signs: readonly { readonly text: string; readonly context: string }[];
  /** The sealed name, where the officer may read it. */
  readonly name: string | undefined;
  /** Who at children's services was told, of an arrested child. */
  readonly council: string | undefined;
  readonly officer: {
    readonly name: string;
    readonly title: string;
    readonly organisation: string;
    readonly kind: AgencyKind | undefined;
    /** As they gave it in their last referral. */
    readonly telephone: string | undefined;
    readonly otherContact: string | undefined;
  };
};

const underEighteen = { adult: 'no', child: 'yes', 'not sure': 'not-sure' } as const;

/** Facts that nobody types or changes here: they come from the records, the consent or the account. */
export const settledFacts: ReadonlySet<string> = new Set([
  ...['own reference', 'under 18 now', 'agrees'],
  ...['organisation', 'your first name', 'your last name', 'evidence files'],
]);

/** The first word of a name, and the rest. */
export function nameParts(name: string): { readonly first: string; readonly last: string } {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  return { first, last: rest.join(' ') };
}

const filled = (facts: Record<string, FactValue | undefined>): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== '')) as Facts;

const interpreterOf = ({ met, screening }: RecordsKnown): VisitInterpreter | undefined =>
  screening?.interpreter ?? (met?.spokenTo ? met.interpreter : undefined);

/** What is known and stands as an answer. The officer can change it. */
export function knownFacts(known: RecordsKnown): Facts {
  const { officer, arrest, met, screening, signs } = known;
  const { first, last } = nameParts(officer.name);
  const interpreter = interpreterOf(known);
  const police = officer.kind === 'police force' || officer.kind === 'regional crime unit';
  return filled({
    'own reference': known.reference,
    organisation: officer.organisation,
    'your first name': first,
    'your last name': last || first,
    'your role': officer.title,
    'under 18 now': underEighteen[known.age],
    gender: arrest && arrest.sex !== 'not known' ? arrest.sex : undefined,
    'needs interpreter': interpreter && (interpreter === 'not needed' ? 'no' : 'yes'),
    language: met?.language ?? undefined,
    'signs seen': signs.length > 0 ? 'yes' : undefined,
    where: 'uk',
    'reported to police': police ? 'yes' : undefined,
    'police force': police ? officer.organisation : undefined,
    'others involved': screening?.screenedBy ? 'yes' : undefined,
  });
}

const interpreting: Readonly<Record<VisitInterpreter, string>> = {
  'not needed': 'Without an interpreter.',
  'in person': 'With an interpreter in person.',
  'by phone': 'With an interpreter by telephone.',
  'none found': 'No interpreter was found.',
};

/** How the officer and the person spoke. A notification says neither when nor where, nor that anybody was arrested. */
function meetingWords(known: RecordsKnown, refers: boolean): string {
  const { visit, premises, arrest, screening, met } = known;
  const how = interpreterOf(known);
  const said = how ? interpreting[how] : '';
  if (!refers) return said;
  const lines = [
    `Met at a visit of ${premises.name}, ${premises.town}, on ${longDay(dayOf(visit.arrivedAt))}.`,
    met && met.place !== 'not known' ? `Their role there, as recorded: ${met.place}.` : '',
    arrest
      ? `Arrested ${formatMoment(arrest.arrestedAt)}${arrest.custodyRef ? `, custody reference ${arrest.custodyRef}` : ''}.`
      : '',
    screening?.screenedBy && screening.screenedAt
      ? `Screened for exploitation by ${screening.screenedBy}, ${formatMoment(screening.screenedAt)}.`
      : '',
    said,
  ];
  return lines.filter(Boolean).join(' ');
}

/** What the records say of questions that only an officer can answer. The field shows it, to be checked and completed. */
export function suggestedFacts(known: RecordsKnown, refers: boolean): Facts {
  const { premises, signs, officer, screening, name, council } = known;
  const common = {
    nation: 'england',
    'which signs': signs.map(({ text, context }) => (refers ? `${text} ${context}` : text)).join('\n'),
    'how you spoke': meetingWords(known, refers),
    'your telephone': officer.telephone,
    'other contact': officer.otherContact,
  };
  if (!refers) return filled(common);
  const parts = name ? nameParts(name) : undefined;
  return filled({
    ...common,
    town: premises.town,
    'town now': premises.town,
    'who else': screening?.screenedBy ? `Screened by ${screening.screenedBy}` : undefined,
    'first name': parts?.first,
    'last name': parts?.last,
    'council name': council,
  });
}

/** What a notification must not contain: it could tell who it is about. */
export function identifyingRecords({ name, premises, arrest }: RecordsKnown) {
  return {
    names: name ? [name, ...name.split(/\s+/)] : [],
    numbers: [arrest?.custodyRef, premises.postcode].flatMap((one) => one ?? []),
    places: [premises.name, premises.address, premises.town, premises.postcode, arrest?.residence].flatMap(
      (one) => one ?? [],
    ),
  };
}
