/** Routes of notes: authors write and read their own notes; leads of support agencies read those of their operations. Read, decide, change, answer. */

import type { z } from 'zod';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import { type EarlierVersion, getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, listMemberIds } from '../../platform/forms/correction.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { answersOf, formIdIn } from '../../platform/forms/forms.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import {
  type App,
  type FormErrors,
  may,
  type Reply,
  type Request,
  readForm,
  saving,
} from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import {
  type EncounterSummary,
  getSupportContacts,
  lookUpEncounterSummary,
  type SupportContacts,
} from '../../visits/index.ts';
import { isTreatedAsChild } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type EncounterId, type MemberId, newTimelessId, type VisitId } from '../../vocabulary/ids.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { matchLookup } from '../../vocabulary/visibility.ts';
import { readNames } from '../case/read-names.ts';
import { consentRoutes } from '../consent/routes.ts';
import type { OtherDisclosureSource } from '../disclosures/elsewhere.ts';
import { informationSharingRoutes } from '../information-sharing/routes.ts';
import { questionRoutes } from '../referral-answers/question-routes.ts';
import { decisionRoutes } from '../referral-answers/routes.ts';
import * as input from '../referrals/forms.ts';
import type { PersonReader } from '../referrals/people.ts';
import { filterOutsideRecipients, filterRecipients } from '../referrals/referral.ts';
import { referralRoutes } from '../referrals/routes.ts';
import { filterSentByLetter, hasOpenSubjectRequest, listReferralsOfNote } from '../referrals/store.ts';
import { listCouncilIds, listReachableCouncils } from './children-services.ts';
import { councilNotifications } from './disclosures.ts';
import { findEncounterSummaries, listOtherLeads } from './encounters.ts';
import { correctNotePage, noteFormPage, noteNotSavedError } from './form-pages.ts';
import {
  findNoteErrors,
  type Note,
  type NoteAnswers,
  type NoteId,
  requestedByPerson,
  statesCouncilNotified,
  validateNoteAnswers,
} from './note.ts';
import { noteDetailsPage, noteRefusals, notesPage } from './pages.ts';
import { spokenAtVisit } from './reach.ts';
import * as store from './store.ts';
import { addTakeUp, findTakeUp, isWaitingForHelp } from './take-up-store.ts';
import { readTakenOn } from './taken-on.ts';

const noteFields = [
  'age',
  'language',
  'interpreter',
  'authorPhone',
  'advice',
  'understood',
  'needs',
  'outcomes',
  'disclosed',
  'wants',
];
const listedFields = ['advice', 'outcomes', 'age', 'language', 'interpreter'];

/** Agencies with a member who can read it, or reachable by letter. */
const filterReachableAgencies: Parameters<typeof consentRoutes>[0]['reachable'] = (agencies, members) => [
  ...filterRecipients(agencies, members),
  ...filterOutsideRecipients(agencies, members),
];

/** `people` says which persons a member may read; `tells` adds disclosures that later modules made in other ways. */
export const safeguardingRoutes =
  (people: PersonReader, tells: readonly OtherDisclosureSource[]) =>
  async (app: App, parts: AreaParts): Promise<void> => {
    await writingRoutes(app, parts);
    await listRoutes(app, parts);
    await readingRoutes(app, parts, people);
    await changingRoutes(app, parts);
    await referralRoutes(people)(app, parts);
    await decisionRoutes(app, parts);
    await questionRoutes(app, parts);
    await informationSharingRoutes(people)(app, parts);
    await consentRoutes({
      ...people,
      reachable: filterReachableAgencies,
      byLetter: filterSentByLetter,
      tells: [councilNotifications, ...tells],
    })(app, parts);
  };

const encounterFields = ['number', 'place', 'day', 'town'];
/** A note needs place and day, so a person's number alone is not enough. The read is logged only in the safeguarding database: the visit's log must not show who began a note. */
async function getEncounterSummary(request: Request, id: EncounterId): Promise<EncounterSummary> {
  const seen = await request.under('encounter.read', (db) => lookUpEncounterSummary(db, id));
  const meeting = matchLookup(seen, { full: (met) => met, restricted: () => undefined, nothing: () => undefined });
  if (!meeting) throw notFound('record');
  return meeting;
}

/** Phone contacts for members who may see the visit. Undefined once they may no longer see it. */
async function findVisitContacts(request: Request, visitId: VisitId): Promise<SupportContacts | undefined> {
  if (!request.can('visit.read')) return undefined;
  return request
    .under('visit.read', (db) => getSupportContacts(db, visitId))
    .catch((error: unknown) => {
      if (error instanceof Problem && error.kind === 'not found') return undefined;
      throw error;
    });
}

/** What contradicts itself in a note, whatever else is wrong with it. */
function collectContradictions(body: unknown): FormErrors {
  const answers = readForm(input.NoteAnswersForm, body);
  const errors: Record<string, string> = {};
  for (const wrong of answers.ok ? findNoteErrors(answers.values) : [])
    for (const [field, says] of Object.entries(noteRefusals[wrong]))
      errors[field] = errors[field] ? `${errors[field]}. ${says}` : says;
  return errors;
}

async function writingRoutes(app: App, { keys }: AreaParts): Promise<void> {
  app.get(notePaths.writing.route, may('note.write', input.EncounterPath), async (request, reply) => {
    const { encounterId } = request.params;
    const written = await store.findOwnNote(request.db, encounterId, request.actor.memberId);
    if (written) return reply.redirect(notePaths.note(written), 303);
    request.look('meeting.shown', encounterId, { fields: encounterFields });
    const authorPhone = await store.findLastAuthorPhone(request.db, request.actor.memberId);
    const meeting = await getEncounterSummary(request, encounterId);
    return reply.form(noteFormPage(meeting, request, newTimelessId(), authorPhone));
  });

  // Not a form route: where the safeguarding store fails, the page says what was saved.
  const writing = { ...saving('Note', may('note.write', input.EncounterPath)), errorHandler: handleStoreFailure };
  app.post(notePaths.writing.route, writing, async (request, reply) => {
    const typed = answersOf(request.body);
    const form = readForm(input.NoteForm, request.body);
    const stands = form.ok ? validateNoteAnswers(input.answersIn(form.values)) : undefined;
    if (!form.ok || !stands?.ok) {
      request.look('meeting.shown', request.params.encounterId, { fields: encounterFields });
      const meeting = await getEncounterSummary(request, request.params.encounterId);
      const errors = { ...collectContradictions(request.body), ...(form.ok ? {} : form.errors) };
      return reply.form(noteFormPage(meeting, request, formIdIn(typed)), typed, errors);
    }
    const meeting = await getEncounterSummary(request, request.params.encounterId);
    const note = composeNote(request, meeting, form.values, stands.value);
    await request.change('note.written', note.id, async (tx) => accept(await store.addNote(tx, keys, note)), {
      kind: 'collection',
      fields: noteFields,
    });
    return reply.redirect(getPageAfterNote(meeting, form.values), 303);
  });
}

/** The note, unless the author goes on with the visit. After the note of a child, always the note: it says whom to notify. */
function getPageAfterNote(
  { age, visitId }: EncounterSummary,
  { id, another, finish }: z.output<typeof input.NoteForm>,
): string {
  if (age === 'adult' && another) return visitPaths.newEncounter(visitId);
  if (age === 'adult' && finish) return visitPaths.finish(visitId);
  return notePaths.note(id);
}

const composeNote = (
  { actor, now }: Request,
  { id: encounterId, operationId, visitId, town, day, number, age, ...spoken }: EncounterSummary,
  { id, authorPhone }: Pick<Note, 'id' | 'authorPhone'>,
  answers: NoteAnswers,
): Note => ({
  ...answers,
  ...{ id, encounterId, visitId, operationId, town, day, age, metNumber: number, authorPhone },
  ...spokenAtVisit(spoken),
  agencyId: actor.agencyId as AgencyId,
  authorId: actor.memberId as MemberId,
  writtenAt: floorToHour(now),
});

/** Each store commits alone. If the safeguarding store fails, the page says what was saved, and the form below keeps the typed answers. */
async function handleStoreFailure(error: unknown, request: Request, reply: Reply): Promise<string> {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (error instanceof Problem ? error.kind !== 'unavailable' : status < 500) throw error;
  if (!request.work.actor) throw error;
  request.log.error({ err: error, request: request.work.id }, 'the safeguarding store failed');
  const meeting = await getEncounterSummary(request, (request.params as { encounterId: EncounterId }).encounterId);
  const typed = answersOf(request.body);
  const page = await reply.form(noteFormPage(meeting, request, formIdIn(typed)), typed, noteNotSavedError(meeting));
  reply.code(503);
  return page;
}

/** Reads the main store last, for the agencies with children’s services. For members who see no referrals only the note’s own statement counts. */
async function checkCouncilNotNotified(request: Request, note: Note): Promise<boolean> {
  if (!request.can('referral.read')) return !statesCouncilNotified(note);
  const councils = await listCouncilIds(request);
  return request.under('note.read', (db) => store.isCouncilNotNotified(db, note.id, councils));
}

async function listRoutes(app: App, { keys }: AreaParts): Promise<void> {
  app.get(notePaths.list.route, may('note.read', undefined, input.NotesQuery), async (request, reply) => {
    const { page, visit, waiting, children } = request.query;
    const { notes, total } = await readNotes(request, request.query);
    const helped = notes.filter(({ waits, wantsHelp, referred }) => wantsHelp && !waits && !referred);
    const taken = await readTakenOn(
      request,
      keys,
      helped.map(({ encounterId }) => encounterId),
    );
    const { agencies, names } = await readNames(
      request,
      notes.map(({ authorId }) => authorId),
    );
    const pages = paginate(page, pageSize, total, (to) =>
      withQuery(notePaths.list(), { visit, waiting, children, page: to }),
    );
    const help = visit && (await findVisitContacts(request, visit));
    const met = await findEncounterSummaries(
      request,
      notes.map(({ encounterId }) => encounterId),
    );
    const shown = {
      ...{ notes, pages, agencies, names, visit, help: help || undefined, met },
      taken: new Map(taken.map((person) => [person.encounterId as string, person])),
      memberId: request.actor.memberId,
      waiting: waiting === 'yes',
      readsOthers: request.actor.side === 'help' && request.actor.roles.includes('safeguarding lead'),
      readsReferrals: request.can('referral.read'),
      visits: request.can('visit.read'),
      children: children === 'yes',
    };
    return reply.sections(notesPage(shown));
  });
}

/** A page of the list, with its row in the log. */
async function readNotes(request: Request, { page, visit, waiting, children }: z.output<typeof input.NotesQuery>) {
  const list = async (db: AuditedReader<store.NoteTables>, untoldTo?: readonly string[]) => {
    const found = await store.listNotes(db, { page, visit, waiting: waiting === 'yes', untoldTo });
    request.returned(found.notes.map(({ id }) => id));
    return found;
  };
  const fields = { fields: listedFields };
  const councils = children && (await listCouncilIds(request));
  return councils
    ? request.under('note.read', (_db, look) => list(look('notes.listed', null, fields), councils))
    : list(request.look('notes.listed', null, fields));
}

async function readingRoutes(app: App, { keys }: AreaParts, people: PersonReader): Promise<void> {
  app.get(notePaths.note.route, may('note.read', input.NotePath), async (request, reply) => {
    const known = await readNote(request, keys, people, request.params.id);
    const { note, versions, takenUp, waiting } = known;
    const { agencies, names } = await readNames(request, [
      note.authorId,
      takenUp?.memberId ?? null,
      ...listMemberIds(versions),
    ]);
    const [taken] = takenUp ? await readTakenOn(request, keys, [note.encounterId]) : [];
    const otherLeads = taken?.unanswered ? await listOtherLeads(request, note.operationId) : [];
    const own = note.authorId === request.actor.memberId;
    const help = own ? await findVisitContacts(request, note.visitId) : undefined;
    const encounter = (await findEncounterSummaries(request, [note.encounterId])).get(note.encounterId);
    const councilNotNotified = isTreatedAsChild(note.age) && (await checkCouncilNotNotified(request, note));
    const canRefer = request.can('referral.make');
    const shown = {
      ...known,
      ...{ agencies, names, help, encounter, councilNotNotified, canRefer, taken, otherLeads },
      openEarlier: (record: EarlierVersion['record']) => store.openEarlierWants(keys, record),
      memberId: request.actor.memberId,
      isOfficer: request.actor.side === 'enforcement',
      canTakeUp: request.can('note.take up') && waiting,
      canCorrect: own,
      canOpenRecord: request.can('person.open'),
      canSeeRetention: request.can('kept person.read') && note.agencyId === request.actor.agencyId,
      councils: councilNotNotified && canRefer ? await listReachableCouncils(request) : undefined,
      canSeeVisit: help !== undefined,
      now: floorToHour(request.now),
    };
    return reply.case(noteDetailsPage(shown));
  });
}

/** What the safeguarding store says of a note, with its row in the log. */
async function readNote(request: Request, keys: UnitKeys, people: PersonReader, id: NoteId) {
  const db = request.look('note.shown', id, { fields: noteFields });
  const note = await store.getNote(db, keys, id);
  return {
    note,
    recordId: await people.recordOf(db, note.encounterId),
    waiting: await isWaitingForHelp(db, note.id),
    versions: await listEarlierVersions(db, 'notes', note.id),
    referrals: request.can('referral.read') ? await listReferralsOfNote(db, note.id) : undefined,
    takenUp: request.can('note.take up') ? await findTakeUp(db, note.id) : undefined,
  };
}

async function changingRoutes(app: App, { keys }: AreaParts): Promise<void> {
  buttonRoute(app, notePaths.takingUp.route, {
    may: may('note.take up', input.NotePath),
    load: (request) =>
      store.getNote(
        request.look('note.shown', request.params.id, { fields: ['operationId'] }),
        keys,
        request.params.id,
      ),
    event: 'note.taken up',
    subject: ({ id }) => id,
    change: async (tx, { id: noteId, operationId }, _, { actor, now }) => {
      const by = { memberId: actor.memberId as MemberId, takenAt: floorToHour(now) };
      return accept(await addTakeUp(tx, { noteId, operationId, ...by }));
    },
    next: (_, { id }) => notePaths.note(id),
  });

  correctionRoute(app, keys);
}

function correctionRoute(app: App, keys: UnitKeys): void {
  formRoute(app, notePaths.correction.route, {
    may: may('note.correct', input.NotePath),
    load: async (request) => {
      const { id } = request.params;
      const db = request.look('note.shown', id, { fields: noteFields });
      const note = await store.getNote(db, keys, id);
      // Only the author can correct a note; a lead can only read it.
      if (note.authorId !== request.actor.memberId) throw new Problem('not found', 'no such note');
      return { note, version: await getVersion(db, 'notes', id) };
    },
    form: input.NoteCorrection,
    contradictions: (typed) => [collectContradictions(typed)].filter((found) => Object.keys(found).length > 0),
    page: ({ note, version }, _typed, _errors, request) => correctNotePage(note, request, version),
    retype: (body, { version }, errors) => answersAfterConflict(body, version, errors),
    saves: 'Note',
    event: 'note.corrected',
    subject: ({ note }) => note.id,
    details: (_, { why }) => ({ reason: why, fields: noteFields }),
    change: async (tx, { note }, { base, why, age, language, interpreter, authorPhone, ...answers }) => {
      const current = await store.lockNote(tx, keys, note.id);
      if ((await getVersion(tx, 'notes', note.id)) !== base) return refuse('changed meanwhile');
      if (why === requestedByPerson && !(await hasOpenSubjectRequest(tx, note.id, 'correction')))
        return refuse('not asked');
      const stands = validateNoteAnswers(answers);
      return stands.ok
        ? accept(
            await store.saveNote(tx, keys, {
              ...current,
              ...stands.value,
              ...{ language, interpreter, authorPhone },
              age: age ?? current.age,
            }),
          )
        : stands;
    },
    refusals: noteRefusals,
    next: (_, { note }) => notePaths.note(note.id),
  });
}
