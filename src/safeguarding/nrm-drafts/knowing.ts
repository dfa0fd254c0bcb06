/** What is known already, fact by fact, and where from: so that nobody is asked twice. Pure. */
import type { FactName, Facts, FactValue, Known as KnownOfHer, Left } from '../../nrm/index.ts';
import { inLatin, type Person, treated } from '../people/index.ts';
import { ageOf, type Concern } from './concern.ts';
import { contactFacts, loosensContact } from './safe-contact.ts';

export const sources = ['record', 'house', 'earlier', 'here'] as const;
/** The person’s record; what the house knows of who asks and of this concern; an earlier concern of the same person; this one. */
export type KnownFrom = (typeof sources)[number];

export type KnownFact = {
  readonly value: FactValue;
  readonly from: KnownFrom;
  /** The day on which it was written here or there. */
  readonly on: string | null;
  readonly by: string | null;
};
export type KnownFacts = { readonly [Name in FactName]?: KnownFact };

const underEighteen = { adult: 'no', child: 'yes', 'not sure': 'not-sure' } as const;

/** As the form wants it, of what the record of the person says. What the record leaves open stays open. */
export function factsOfPerson(person: Person, today: string): Facts {
  const { called, language, interpreter, aids } = person;
  const facts: Record<string, FactValue | undefined> = {
    'under 18 now': underEighteen[ageOf[treated(person, today)]],
    // A name of several words is not divided here: which of them is the first name, the person says.
    'first name': /\s/.test(called.trim()) ? undefined : called,
    'needs interpreter': interpreter === 'needed' ? 'yes' : interpreter === 'not needed' ? 'no' : undefined,
    language: language ?? undefined,
    'needs communication aid': aids.length > 0 ? 'yes' : undefined,
    'communication aid': aids.length > 0 ? aids.join(', ') : undefined,
    ...contactFacts(person),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts;
}

/** Who works with it now, as the house knows her: put in by the house, and typed by nobody. */
export type Worker = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly organisation: string;
};

/** About whoever sends it: what one of them typed goes out under nobody else’s name. */
export const aboutSender: ReadonlySet<string> = new Set(['your role', 'your telephone', 'other contact']);
/** All that the form asks about whoever submits it: where that is somebody else, it is theirs to fill in. */
const aboutSubmitter: ReadonlySet<string> = new Set([
  ...aboutSender,
  ...['organisation', 'your first name', 'your last name'],
]);
export const leftToThem: Left = { facts: aboutSubmitter, says: 'Yours to fill in: about whoever submits it' };
export const filledByThem: Left = { facts: aboutSubmitter, says: 'Filled in by whoever submitted it' };

/** The first word of a name, and the rest: what the form has two fields for. */
export function nameParts(name: string): { readonly first: string; readonly last: string } {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  return { first, last: rest.join(' ') || first };
}

/** `submits`: who works with it is of a first responder organisation, and goes on the form as such. */
function factsOfHouse(concern: Pick<Concern, 'id'>, worker: Worker, submits: boolean): Facts {
  const { first, last } = nameParts(worker.name);
  return {
    'own reference': `SL-${concern.id.slice(0, 8).toUpperCase()}`,
    ...(submits && {
      organisation: worker.organisation,
      'your first name': first,
      'your last name': last,
      ...(worker.title && { 'your role': worker.title }),
    }),
  };
}

/** Facts that nobody types: the fork, the record of the person and the house settle them. */
export const settledFacts: ReadonlySet<string> = new Set([
  ...['under 18 now', 'agrees'],
  ...['organisation', 'your first name', 'your last name', 'evidence files'],
]);

/** All that is known. What was typed here stands before an earlier concern, and that before the record; of reaching the person nothing looser than the record. */
export function known(
  concern: Concern,
  earlier: Concern | undefined,
  person: Person,
  worker: Worker,
  { today, submits }: { readonly today: string; readonly submits: boolean },
): KnownFacts {
  const typed = (answers: Concern['answers'], from: KnownFrom): [string, KnownFact][] =>
    Object.entries(answers)
      .filter(([name, { value }]) => !loosensContact(name, value, person))
      .filter(([name, { by }]) => !settledFacts.has(name) && (!aboutSender.has(name) || (submits && by === worker.id)))
      .map(([name, { value, on, by }]) => [name, { value, from, on, by }]);
  const plain = (facts: Facts, from: KnownFrom): [string, KnownFact][] =>
    Object.entries(facts).map(([name, value]) => [name, { value: value as FactValue, from, on: null, by: null }]);
  return Object.fromEntries([
    ...plain(factsOfHouse(concern, worker, submits), 'house'),
    ...plain(factsOfPerson(person, today), 'record'),
    ...typed(earlier?.answers ?? {}, 'earlier'),
    ...typed(concern.answers, 'here'),
  ]) as KnownFacts;
}

export const factsOf = (all: KnownFacts): Facts =>
  Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value])) as Facts;

/** What the record holds by which the person could be known: none of it may stand in a notification. A name in another script is sought as it is written in ours, too. */
export function heldOf({ called, others, contactAt, contactNever, contactWhen, cameBy }: Person): KnownOfHer {
  const written = [contactAt, contactNever, contactWhen, cameBy].flatMap((text) => text ?? []);
  return {
    names: [called, ...others].flatMap((name) => [name, inLatin(name)]),
    numbers: written.flatMap((text) => text.match(/[\d+][\d ()/.-]{3,}\d/g) ?? []),
    places: contactAt && !/^[\d\s+()-]+$/.test(contactAt) ? [contactAt] : [],
  };
}
