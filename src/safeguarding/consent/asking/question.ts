/** What a person is asked to agree to: who is asked, which agencies can be, and the consent with its words as it would be kept. */

import type { z } from 'zod';
import { type Agency, listAgencies, listMembers, type MemberWithAgency } from '../../../identity/agencies/index.ts';
import { wordsIn } from '../../../nrm/consent-words/index.ts';
import { instantAt } from '../../../platform/clock.ts';
import type { UnitKeys } from '../../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../../platform/database/database.ts';
import type { FormResult } from '../../../platform/forms/forms.ts';
import { found } from '../../../platform/http/problem.ts';
import type { Request } from '../../../platform/http/server.ts';
import type { Age } from '../../../vocabulary/age.ts';
import { addDays } from '../../../vocabulary/calendar/days.ts';
import { floorToHour } from '../../../vocabulary/calendar/moments.ts';
import type { AgencyId, MemberId, OperationId, PersonId } from '../../../vocabulary/ids.ts';
import { nrmPurpose } from '../../../vocabulary/information-shared.ts';
import type { LanguageNeeds } from '../../../vocabulary/interpreting.ts';
import { bannerFields } from '../../case/frame.ts';
import { readCaseFrame } from '../../case/read-frame.ts';
import { readAge } from '../../consent-words/asked-age.ts';
import type { OtherDisclosureSource } from '../../disclosures/elsewhere.ts';
import type { NoteTables } from '../../notes/store.ts';
import type { Person } from '../../people/person.ts';
import type { PersonTables } from '../../people/store.ts';
import type { ReferralTables } from '../../referrals/store.ts';
import { type Consent, consentSources, listStandingRefusals } from '../consent.ts';
import type { OpenedRecord } from '../end-pages.ts';
import type * as input from '../forms.ts';
import { describeRefusal, lastDayOf, notFirstResponderError } from '../pages.ts';
import * as store from '../store.ts';
import { composeWording } from '../wording.ts';

/** A person that the member knows, through a note or a record. */
export type KnownPerson = {
  /** Id of the note or record. */
  readonly id: string;
  readonly operationId: OperationId | null;
  /** All ids of the person; new entries use the first. */
  readonly ids: store.PersonIds;
  /** The agency that keeps the record; undefined if there is only a note. */
  readonly keptBy?: AgencyId | undefined;
  /** The record, where the member may read it. */
  readonly record?: Person | undefined;
  /** The age that the note says, where there is no record; null in older notes. */
  readonly noteAge?: Age | null;
  readonly href: string;
  readonly text: string;
} & LanguageNeeds;
/** Other modules find the persons that a member may know; undefined for anybody else. */
export type FindKnownPerson = (
  db: AuditedReader<PersonTables & NoteTables>,
  keys: UnitKeys,
  personId: PersonId,
) => Promise<KnownPerson | undefined>;

/** The records that an agency opened from a request and that the member may read. */
export type ListOpenedRecords = (
  db: AuditedReader<PersonTables>,
  keys: UnitKeys,
  referralId: string,
) => Promise<readonly OpenedRecord[]>;
/** What later modules contribute: persons, and the agencies that can be asked or told at all. */
export type ConsentDependencies = {
  readonly find: FindKnownPerson;
  readonly opened: ListOpenedRecords;
  readonly reachable: (agencies: readonly Agency[], members: readonly MemberWithAgency[]) => readonly Agency[];
  /** Which of these referrals went to an agency without a member in Safelight. */
  readonly byLetter: (
    db: AuditedReader<ReferralTables>,
    referralIds: readonly string[],
  ) => Promise<ReadonlySet<string>>;
  /** Disclosures about the person made in other ways. */
  readonly tells: readonly OtherDisclosureSource[];
};

/** The end of the given number of days, not counting today. */
export const endAfterDays = (today: string, days: number): Date => instantAt(addDays(today, days + 1), '00:00');

export const readAgencies = (request: Request) =>
  request.under('agency.read', async (db) => ({
    agencies: new Map((await listAgencies(db)).map((one) => [one.id as string, one])),
  }));

/** Leaves out the member’s own agency, and coordinators, who hold no data about people. */
export const readReachable = (request: Request, { reachable }: ConsentDependencies) =>
  request.under('agency.read', async (db) => {
    const all = await listAgencies(db);
    const others = reachable(all, await listMembers(db)).filter(
      ({ id, kind }) => id !== request.actor.agencyId && kind !== 'coordinator',
    );
    return { others, own: all.filter(({ id, side }) => id === request.actor.agencyId && side === 'help') };
  });

/** Who may be asked on whose behalf: read once for the question, the words and the answer. */
export async function readAsked(request: Request, keys: UnitKeys, later: ConsentDependencies, personId: PersonId) {
  const db = request.look('person.asked', null, { fields: [...bannerFields, 'operationId'] });
  const person = found(await later.find(db, keys, personId), 'person');
  const within = { authorId: request.actor.memberId, hour: floorToHour(request.now) };
  const before = await store.findConsentWithInterpreter(db, keys, person.ids, within);
  const refusals = await store.listConsentRefusals(db, keys, person.ids);
  const consents = await store.listConsents(db, keys, person.ids);
  const standing = listStandingRefusals(refusals, consents);
  request.returned([person.id, ...(before ? [before.id] : []), ...[...consents, ...standing].map(({ id }) => id)]);
  const { others, own } = await readReachable(request, later);
  const frame = person.record && (await readCaseFrame(request, person.record, 'consent')).frame;
  const { agencies } = await readAgencies(request);
  const refused = standing.map((one) => describeRefusal(one, agencies));
  const age = readAge(person, request.today);
  return { personId, person, age, refused, frame, consents, before: before?.interpreter ?? undefined, others, own };
}
export type Asked = Awaited<ReturnType<typeof readAsked>>;

/** Only examinations may go to the member’s own agency. */
export const listAskable = (act: Consent['act'], { others, own }: Asked) =>
  act === 'examine' ? [...own, ...others] : others;

export type Question = z.output<typeof input.QuestionForm>;

type Recipient = Asked['others'][number];

export function findRecipient(
  { to, purpose }: Pick<Question, 'to' | 'purpose'>,
  askable: readonly Recipient[],
): FormResult<Recipient> {
  const recipient = askable.find((one) => one.id === to);
  if (!recipient) return { ok: false, errors: { to: 'Select an agency of the list' } };
  return purpose === nrmPurpose && !recipient.firstResponder
    ? { ok: false, errors: { to: notFirstResponderError(recipient.name) } }
    : { ok: true, values: recipient };
}

/** The consent with its words, as if it were explained in English; the answer says how it was. */
export function composeConsent(
  { actor, now, today }: Request,
  { personId, person, age }: Asked,
  { id, act, purpose, items, days, shown }: Omit<Question, 'step'>,
  recipient: Recipient,
): Consent {
  const until = endAfterDays(today, days);
  const scope = { personId: person.ids[0] ?? personId, act, recipient: recipient.id, purpose, items, until };
  const metAtVisit = person.operationId !== null;
  const terms = {
    ...{ ...scope, recipient: recipient.name, recipientKind: recipient.kind },
    ...{ metAtVisit, mayBeChild: age !== 'adult', lastDay: lastDayOf(until) },
  };
  return {
    ...scope,
    ...{ id, operationId: person.operationId, givenAt: floorToHour(now), how: consentSources[0] },
    agencyId: actor.agencyId as AgencyId,
    authorId: actor.memberId as MemberId,
    ...wordsIn(shown, composeWording(terms), (code) => composeWording(terms, code)),
    ...{ language: 'en', interpreted: 'nobody was needed', interpreter: null },
    ...{ withdrawnAt: null, withdrawnBy: null, withdrawnHow: null },
  };
}
