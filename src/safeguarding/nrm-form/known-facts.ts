/** Collects known facts with their sources, so that people are not asked twice. Pure. */

import type { FactName, Facts, FactValue, Known as KnownOfHer, SubmitterFacts } from '../../nrm/index.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import { toLatin } from '../../vocabulary/languages/latin-spelling.ts';
import type { NrmReferral } from '../nrm-drafts/nrm-referral.ts';
import type { Person } from '../people/person.ts';
import { givenName } from '../people/unnamed.ts';
import { contactFacts, exceedsRecordedContact } from './safe-contact.ts';

export const sources = ['record', 'house', 'earlier', 'here'] as const;
/** The person’s record; what the application knows of the worker and of this concern; an earlier concern of the same person; this one. */
export type KnownFrom = (typeof sources)[number];

export type KnownFact = {
  readonly value: FactValue;
  readonly from: KnownFrom;
  /** The day on which it was recorded there. */
  readonly on: string | null;
  readonly by: string | null;
};
export type KnownFacts = { readonly [Name in FactName]?: KnownFact };

const underEighteen = { adult: 'no', child: 'yes', 'not sure': 'not-sure' } as const;

/** Facts from the person's record in the shape of the form. What the record leaves open stays open. */
export function factsOfPerson(person: Person, today: string): Facts {
  const { language, interpreter, aids } = person;
  const called = givenName(person).trim();
  const facts: Record<string, FactValue | undefined> = {
    'under 18 now': underEighteen[determineAgeTreatment(person, today)],
    // A name of several words is not divided here: only the person can say which is the first name.
    'first name': called === '' || /\s/.test(called) ? undefined : called,
    'needs interpreter': interpreter === 'needed' ? 'yes' : interpreter === 'not needed' ? 'no' : undefined,
    language: language ?? undefined,
    'needs communication aid': aids.length > 0 ? 'yes' : undefined,
    'communication aid': aids.length > 0 ? aids.join(', ') : undefined,
    ...contactFacts(person),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts;
}

/** The present worker, from the application's own records, never typed. */
export type Worker = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly organisation: string;
};

/** Facts about the sender. What one worker typed is never sent under another name. */
export const aboutSender: ReadonlySet<string> = new Set(['your role', 'your telephone', 'other contact']);
/** Everything that the form asks about the submitter. If that is another agency, they fill it in. */
const aboutSubmitter: ReadonlySet<string> = new Set([
  ...aboutSender,
  ...['organisation', 'your first name', 'your last name'],
]);
export const submitterFillsIn: SubmitterFacts = {
  facts: aboutSubmitter,
  says: 'Yours to fill in: about whoever submits it',
};
export const submitterFilledIn: SubmitterFacts = { facts: aboutSubmitter, says: 'Filled in by whoever submitted it' };

/** The first word of a name, and the rest: the form has two fields. */
export function nameParts(name: string): { readonly first: string; readonly last: string } {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  return { first, last: rest.join(' ') || first };
}

/** `submits`: the worker belongs to a first responder organisation and is named on the form as such. */
function factsOfApplication(concern: Pick<NrmReferral, 'id'>, worker: Worker, submits: boolean): Facts {
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

/** Facts that nobody types: they come from the fork, the person's record or the application. */
export const settledFacts: ReadonlySet<string> = new Set([
  ...['under 18 now', 'agrees'],
  ...['organisation', 'your first name', 'your last name', 'evidence files'],
]);

/** All known facts. Answers typed here win over an earlier concern, and that over the record. Safe contact is never looser than the record. */
export function collectKnownFacts(
  concern: NrmReferral,
  earlier: NrmReferral | undefined,
  person: Person,
  worker: Worker,
  { today, submits }: { readonly today: string; readonly submits: boolean },
): KnownFacts {
  const typed = (answers: NrmReferral['answers'], from: KnownFrom): [string, KnownFact][] =>
    Object.entries(answers)
      .filter(([name, { value }]) => !exceedsRecordedContact(name, value, person))
      .filter(([name, { by }]) => !settledFacts.has(name) && (!aboutSender.has(name) || (submits && by === worker.id)))
      .map(([name, { value, on, by }]) => [name, { value, from, on, by }]);
  const plain = (facts: Facts, from: KnownFrom): [string, KnownFact][] =>
    Object.entries(facts).map(([name, value]) => [name, { value: value as FactValue, from, on: null, by: null }]);
  return Object.fromEntries([
    ...plain(factsOfApplication(concern, worker, submits), 'house'),
    ...plain(factsOfPerson(person, today), 'record'),
    ...typed(earlier?.answers ?? {}, 'earlier'),
    ...typed(concern.answers, 'here'),
  ]) as KnownFacts;
}

export const factsOf = (all: KnownFacts): Facts =>
  Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value])) as Facts;

/** Identifying content of the record: none of it may occur in a notification. Names in another script are also searched in their Latin spelling. */
export function identifyingFactsOf(person: Person): KnownOfHer {
  const { others, contactAt, contactNever, contactWhen, cameBy } = person;
  const called = givenName(person);
  const written = [contactAt, contactNever, contactWhen, cameBy].flatMap((text) => text ?? []);
  return {
    names: [...(called ? [called] : []), ...others].flatMap((name) => [name, toLatin(name)]),
    numbers: written.flatMap((text) => text.match(/[\d+][\d ()/.-]{3,}\d/g) ?? []),
    places: contactAt && !/^[\d\s+()-]+$/.test(contactAt) ? [contactAt] : [],
  };
}
