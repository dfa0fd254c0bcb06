/** Opens an officer's referral with the records that it is about. Each look is logged before anything is shown. */
import { listAgencies, listMembers, memberNames } from '../../identity/agencies/index.ts';
import { dutyOf, type Facts, type FactValue } from '../../nrm/index.ts';
import { findFirstResponderEntry, nationNames, nationOf } from '../../nrm/submitters/index.ts';
import { findPlannedVisit } from '../../operations/plan/index.ts';
import type { Actor } from '../../platform/access-policy/access.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader, Reader } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { Request } from '../../platform/http/server.ts';
import { listSignsOfVisits } from '../../public/signs/index.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { findArrestOf, findScreening, lookUpArrest } from '../arrests/store.ts';
import { findChildNotification } from '../child-arrests/store.ts';
import { findName, getVisit, listObservations, lookUpEncounter } from '../store.ts';
import type { Arrest, Encounter } from '../visit.ts';
import { buildOfficerDraft } from './form/case-draft.ts';
import type { RecordsKnown } from './form/known-facts.ts';
import { ageOf, type OfficerReferral, type OfficerReferralId, type ReferralContent, writerOf } from './nrm-referral.ts';
import { findContent, findLatestContent, getOfficerReferral } from './store.ts';

export const stateFields = ['arrestId', 'encounterId', 'outcome', 'closedAt', 'decisionDue'];
export const contentFields = ['answers', 'ageBasis', 'assessment', 'consent', 'submission', 'decisions'];
/** Of the visit, whose facts the form takes over. */
const takenOver = ['premises', 'encounters', 'name', 'observations', 'arrests', 'screenings'];
export const nameReason = 'for an NRM referral or a Duty to Notify';

/** The entry of the first responder list under which the member's agency submits; undefined if it is on none. */
export async function findResponder(
  db: Reader<AnyTables>,
  actor: Pick<Actor, 'agencyId'>,
  today: string,
  nation?: unknown,
) {
  const own = (await listAgencies(db)).find(({ id }) => id === actor.agencyId);
  const code = nationOf(nation);
  const entry = own && own.side === 'enforcement' ? findFirstResponderEntry(own, code, today) : undefined;
  return { own, entry, duty: entry && dutyOf(entry, nationNames[code]) };
}

/** The arrest and the person met, as the member may see them. An arrest that is linked to the person met counts, wherever the referral was begun: it may say that they are a child. */
export async function readSubject(
  db: AuditedReader<AnyTables>,
  { arrestId, encounterId }: Pick<OfficerReferral, 'arrestId' | 'encounterId'>,
): Promise<{ readonly arrest: Arrest | undefined; readonly met: Encounter | undefined }> {
  const arrest = arrestId ? await lookUpArrest(db, arrestId, 'operation') : undefined;
  const linked = !arrestId && encounterId ? await findArrestOf(db, encounterId) : undefined;
  const met = encounterId ? await lookUpEncounter(db, encounterId, 'operation') : undefined;
  return {
    arrest: arrest?.sight === 'full' ? arrest.record : linked,
    met: met?.sight === 'full' ? met.record : undefined,
  };
}

type Found = { readonly referral: OfficerReferral; readonly content: ReferralContent };

/** How colleagues reach the officer, as they wrote it in their last referral. That one is opened once, until the new one says it, and the look is logged. */
async function readContact(
  request: Request,
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
  { referral, content }: Found,
) {
  const memberId = writerOf(referral);
  if (referral.outcome || content.answers['your telephone'] || memberId !== request.actor.memberId) return {};
  const before = await findLatestContent(db, keys, { memberId, not: referral.id });
  if (!before) return {};
  request.look('officer referral.shown', before.id, { fields: ['answers'] });
  return { ...before.content.submission?.facts, ...before.content.answers };
}

async function readOfficer(request: Request, db: AuditedReader<AnyTables>, keys: UnitKeys, found: Found) {
  const { recordedBy, takenOverBy, agencyId } = found.referral;
  const writer = writerOf(found.referral);
  const { nation } = found.content.answers;
  const { own, entry, duty } = await findResponder(db, { agencyId }, request.today, nation);
  const { submission, decisions } = found.content;
  const others = [...(submission?.corrections ?? []), ...decisions].map(({ by }) => by);
  const names = await memberNames(db, [recordedBy, takenOverBy, ...others]);
  const member = (await listMembers(db, { agencyIds: [agencyId] })).find((one) => one.id === writer);
  const contact: Facts = await readContact(request, db, keys, found);
  const text = (said: FactValue | undefined) => (typeof said === 'string' ? said : undefined);
  return {
    entry,
    duty,
    names,
    officer: {
      name: member?.name ?? names.get(writer) ?? '',
      title: member?.title ?? '',
      organisation: own?.officialName ?? '',
      kind: own?.kind,
      telephone: text(contact['your telephone']),
      otherContact: text(contact['other contact']),
    },
  };
}

/** What the visit recorded about the person and the place. */
async function readRecords(
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
  { referral, content }: Found,
  officer: RecordsKnown['officer'],
) {
  const planned = await findPlannedVisit(db, referral.visitId);
  if (!planned) throw notFound('record');
  const visit = await getVisit(db, referral.visitId);
  const { arrest, met } = await readSubject(db, referral);
  const seen = await listObservations(db, { visitId: visit.id });
  const catalogue = new Map(listSignsOfVisits(planned.day).map(({ id, text }) => [id, text]));
  const subject = { arrest, met };
  const name = met && (await findName(db, keys, met.id))?.name;
  const records: RecordsKnown = {
    reference: referenceOf('NRM referral', referral.id),
    age: content.submission?.referredAs ?? ageOf(subject, content.ageBasis),
    visit,
    premises: planned.premises,
    met,
    arrest,
    screening: arrest && (await findScreening(db, arrest.id)),
    signs: seen
      .filter(({ encounterId }) => encounterId === null || encounterId === referral.encounterId)
      .map(({ indicatorId, context }) => ({ text: catalogue.get(indicatorId) ?? indicatorId, context })),
    name,
    council: arrest && (await findChildNotification(db, arrest.id))?.services,
    officer,
  };
  return { subject, records, premises: planned.premises.name, arrivedAt: visit.arrivedAt };
}

export type OpenedOfficerReferral = Awaited<ReturnType<typeof openOfficerReferral>>;

/** The whole referral for who writes it, or for a planner or commander of the agency who said why. Not found for anybody else. */
export async function openOfficerReferral(request: Request, keys: UnitKeys, id: OfficerReferralId, reason?: string) {
  const details = { fields: [...contentFields, ...takenOver], ...(reason && { reason }) };
  const db = request.look('officer referral.shown', id, details);
  const referral = await getOfficerReferral(db, id);
  const own = writerOf(referral) === request.actor.memberId;
  const content = own || reason ? await findContent(db, keys, id) : undefined;
  if (!content) throw notFound('record');
  const found = { referral, content };
  const { entry, duty, officer, names } = await readOfficer(request, db, keys, found);
  const around = await readRecords(db, keys, found, officer);
  if (around.records.name !== undefined && referral.encounterId)
    request.look('encounter.shown', referral.encounterId, { fields: ['name'], reason: reason ?? nameReason });
  const responderId = entry?.id ?? null;
  const made = buildOfficerDraft(content, around.records, { responderId, today: request.today });
  return { ...found, ...around, made, responderId, duty, names };
}
