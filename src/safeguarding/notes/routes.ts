/** Routes of notes: authors write and read their own notes; leads of support agencies read those of their operations. Read, decide, change, answer. */

import type { AuditedReader } from '../../platform/database/database.ts';
import { getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, listMemberIds } from '../../platform/forms/correction.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
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
import { accept, refuse } from '../../vocabulary/result.ts';
import { matchLookup } from '../../vocabulary/visibility.ts';
import { consentRoutes } from '../consent/routes.ts';
import type { OtherDisclosureSource } from '../disclosures/elsewhere.ts';
import { informationSharingRoutes } from '../information-sharing/routes.ts';
import { questionRoutes } from '../referral-answers/question-routes.ts';
import { decisionRoutes } from '../referral-answers/routes.ts';
import {
  EncounterPath,
  NoteAnswersForm,
  NoteCorrection,
  NoteForm,
  NotePath,
  NotesQuery,
  SavedQuery,
} from '../referrals/forms.ts';
import { hasOpenSubjectRequest } from '../referrals/open-subject-request.ts';
import type { PersonReader } from '../referrals/people.ts';
import { filterOutsideRecipients, filterRecipients } from '../referrals/referral.ts';
import { readNames, referralRoutes } from '../referrals/routes.ts';
import { filterSentByLetter, listReferralsOfNote } from '../referrals/store.ts';
import { listCouncilIds, listReachableCouncils } from './children-services.ts';
import { councilNotifications } from './disclosures.ts';
import { findEncounterSummaries } from './encounters.ts';
import { correctNotePage, noteFormPage, noteNotSavedError } from './form-pages.ts';
import {
  findNoteErrors,
  type Note,
  type NoteId,
  requestedByPerson,
  statesCouncilNotified,
  validateNoteAnswers,
} from './note.ts';
import { noteDetailsPage, noteRefusals, notesPage } from './pages.ts';
import {
  addNote,
  addTakeUp,
  findOwnNote,
  findTakeUp,
  getNote,
  isCouncilNotNotified,
  isWaitingForHelp,
  listNotes,
  lockNote,
  type NoteTables,
  openEarlierWants,
  saveNote,
} from './store.ts';

const noteFields = ['age', 'advice', 'understood', 'needs', 'outcomes', 'disclosed', 'wants'];
const listedFields = ['advice', 'outcomes', 'age'];

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
    await readingRoutes(app, parts, people);
    await referralRoutes(people)(app, parts);
    await decisionRoutes(app, parts);
    await questionRoutes(app, parts);
    await informationSharingRoutes(people)(app, parts);
    const byLetter: Parameters<typeof consentRoutes>[0]['byLetter'] = (db, ids) => filterSentByLetter(db as never, ids);
    await consentRoutes({
      ...people,
      reachable: filterReachableAgencies,
      byLetter,
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

/** All errors of a note at once. */
function collectNoteErrors(body: unknown, errors: FormErrors = {}): FormErrors {
  const answers = readForm(NoteAnswersForm, body);
  return Object.assign(
    {},
    ...(answers.ok ? findNoteErrors(answers.values).map((wrong) => noteRefusals[wrong]) : []),
    errors,
  );
}

async function writingRoutes(app: App, { keys }: AreaParts): Promise<void> {
  app.get('/safeguarding/encounters/:encounterId/note', may('note.write', EncounterPath), async (request, reply) => {
    const { encounterId } = request.params;
    const written = await findOwnNote(request.db, encounterId, request.actor.memberId);
    if (written) return reply.redirect(`/staff/safeguarding/notes/${written}`, 303);
    request.look('meeting.shown', encounterId, { fields: encounterFields });
    const meeting = await getEncounterSummary(request, encounterId);
    return reply.page('platform/form', noteFormPage(meeting, request, newTimelessId()));
  });

  app.post(
    '/safeguarding/encounters/:encounterId/note',
    { ...may('note.write', EncounterPath), errorHandler: handleStoreFailure },
    async (request, reply) => {
      const typed = answersOf(request.body);
      const form = readForm(NoteForm, request.body);
      const stands = form.ok ? validateNoteAnswers(form.values) : undefined;
      if (!form.ok || !stands?.ok) {
        request.look('meeting.shown', request.params.encounterId, { fields: encounterFields });
        const meeting = await getEncounterSummary(request, request.params.encounterId);
        const errors = collectNoteErrors(request.body, form.ok ? {} : form.errors);
        return reply.page('platform/form', noteFormPage(meeting, request, parseFormId(typed), typed, errors));
      }
      const { id } = form.values;
      const meeting = await getEncounterSummary(request, request.params.encounterId);
      const { operationId, visitId, town, day } = meeting;
      const note: Note = {
        ...stands.value,
        id,
        encounterId: meeting.id,
        visitId,
        operationId,
        town,
        day,
        metNumber: meeting.number,
        age: meeting.age,
        agencyId: request.actor.agencyId as AgencyId,
        authorId: request.actor.memberId as MemberId,
        writtenAt: floorToHour(request.now),
      };
      await request.change('note.written', id, async (tx) => accept(await addNote(tx, keys, note)), {
        kind: 'collection',
        fields: noteFields,
      });
      return reply.redirect(`/staff/safeguarding/notes/${id}?saved=yes`, 303);
    },
  );
}

const parseFormId = (typed: { readonly id?: unknown }): string => {
  const read = NotePath.safeParse({ id: typed.id });
  return read.success ? read.data.id : newTimelessId();
};

/** Each store commits alone. If the safeguarding store fails, the page says what was saved, and the form below keeps the typed answers. */
async function handleStoreFailure(error: unknown, request: Request, reply: Reply): Promise<string> {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (error instanceof Problem ? error.kind !== 'unavailable' : status < 500) throw error;
  if (!request.work.actor) throw error;
  request.log.error({ err: error, request: request.work.id }, 'the safeguarding store failed');
  const meeting = await getEncounterSummary(request, (request.params as { encounterId: EncounterId }).encounterId);
  const typed = answersOf(request.body);
  const form = noteFormPage(meeting, request, parseFormId(typed), typed, noteNotSavedError(meeting));
  const page = await reply.page('platform/form', form);
  reply.code(503);
  return page;
}

/** Reads the main store last, for the agencies with children’s services. For members who see no referrals only the note’s own statement counts. */
async function checkCouncilNotNotified(request: Request, note: Note): Promise<boolean> {
  if (!request.can('referral.read')) return !statesCouncilNotified(note);
  const councils = await listCouncilIds(request);
  return request.under('note.read', (db) => isCouncilNotNotified(db, note.id, councils));
}

async function readingRoutes(app: App, { keys }: AreaParts, people: PersonReader): Promise<void> {
  app.get('/safeguarding', may('note.read', undefined, NotesQuery), async (request, reply) => {
    const { page, visit, waiting, children } = request.query;
    const list = async (db: AuditedReader<NoteTables>, untoldTo?: readonly string[]) => {
      const found = await listNotes(db, { page, visit, waiting: waiting === 'yes', untoldTo });
      request.returned(found.notes.map(({ id }) => id));
      return found;
    };
    const fields = { fields: listedFields };
    const councils = children && (await listCouncilIds(request));
    const { notes, total } = councils
      ? await request.under('note.read', (_db, look) => list(look('notes.listed', null, fields), councils))
      : await list(request.look('notes.listed', null, fields));
    const { agencies, names } = await readNames(
      request,
      notes.map(({ authorId }) => authorId),
    );
    const pages = paginate(page, pageSize, total, (to) =>
      withQuery('/staff/safeguarding', { visit, waiting, children, page: to }),
    );
    const help = visit && (await findVisitContacts(request, visit));
    const met = await findEncounterSummaries(
      request,
      notes.map(({ encounterId }) => encounterId),
    );
    return reply.page(
      'platform/page',
      notesPage({
        notes,
        pages,
        agencies,
        names,
        visit,
        help: help || undefined,
        memberId: request.actor.memberId,
        waiting: waiting === 'yes',
        readsOthers: request.actor.side === 'help' && request.actor.roles.includes('safeguarding lead'),
        readsReferrals: request.can('referral.read'),
        visits: request.can('visit.read'),
        met,
        children: children === 'yes',
      }),
    );
  });

  app.get('/safeguarding/notes/:id', may('note.read', NotePath, SavedQuery), async (request, reply) => {
    const db = request.look('note.shown', request.params.id, { fields: noteFields });
    const note = await getNote(db, keys, request.params.id);
    const record = await people.recordOf(db as never, note.encounterId);
    const waiting = await isWaitingForHelp(db, note.id);
    const versions = await listEarlierVersions(db, 'notes', note.id);
    const referrals = request.can('referral.read') ? await listReferralsOfNote(db, note.id) : undefined;
    const leads = request.can('note.take up');
    const takenUp = leads ? await findTakeUp(db, note.id) : undefined;
    const { agencies, names } = await readNames(request, [
      note.authorId,
      takenUp?.memberId ?? null,
      ...listMemberIds(versions),
    ]);
    const own = note.authorId === request.actor.memberId;
    const help = own ? await findVisitContacts(request, note.visitId) : undefined;
    const met = (await findEncounterSummaries(request, [note.encounterId])).get(note.encounterId);
    const untold = isTreatedAsChild(note.age) && (await checkCouncilNotNotified(request, note));
    const refers = request.can('referral.make');
    return reply.page(
      'platform/page',
      noteDetailsPage({
        note,
        agencies,
        names,
        referrals,
        versions,
        openEarlier: (record) => openEarlierWants(keys, record),
        help,
        memberId: request.actor.memberId,
        takenUp,
        canTakeUp: leads && waiting,
        canCorrect: own,
        canRefer: refers,
        canOpenRecord: request.can('person.open'),
        recordId: record,
        canSeeRetention: request.can('kept person.read') && note.agencyId === request.actor.agencyId,
        encounter: met,
        councilNotNotified: untold,
        councils: untold && refers ? await listReachableCouncils(request) : undefined,
        canSeeVisit: help !== undefined,
        saved: request.query.saved === 'yes',
        now: floorToHour(request.now),
      }),
    );
  });

  app.post('/safeguarding/notes/:id/take-up', may('note.take up', NotePath), async (request, reply) => {
    const { id: noteId } = request.params;
    const { operationId } = await getNote(
      request.look('note.shown', noteId, { fields: ['operationId'] }),
      keys,
      noteId,
    );
    const memberId = request.actor.memberId as MemberId;
    await request.change('note.taken up', noteId, async (tx) =>
      accept(await addTakeUp(tx, { noteId, operationId, memberId, takenAt: floorToHour(request.now) })),
    );
    return reply.redirect(`/staff/safeguarding/notes/${noteId}`, 303);
  });

  /** Only the author can correct a note; a lead can only read it. */
  const own = async (request: Request, id: NoteId) => {
    const db = request.look('note.shown', id, { fields: noteFields });
    const note = await getNote(db, keys, id);
    if (note.authorId !== request.actor.memberId) throw new Problem('not found', 'no such note');
    return { note, now: await getVersion(db, 'notes', id) };
  };
  app.get('/safeguarding/notes/:id/correct', may('note.correct', NotePath), async (request, reply) => {
    const { note, now } = await own(request, request.params.id);
    return reply.page('platform/form', correctNotePage(note, request, now));
  });
  app.post('/safeguarding/notes/:id/correct', may('note.correct', NotePath), async (request, reply) => {
    const { note, now } = await own(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page(
        'platform/form',
        correctNotePage(note, request, now, answersAfterConflict(request.body, now, errors), errors),
      );
    const form = readForm(NoteCorrection, request.body);
    if (!form.ok) return again(collectNoteErrors(request.body, form.errors));
    const { base, why, age, ...answers } = form.values;
    const stands = validateNoteAnswers(answers);
    if (!stands.ok) return again(collectNoteErrors(request.body));
    const corrected = await request.change(
      'note.corrected',
      note.id,
      async (tx) => {
        const current = await lockNote(tx, keys, note.id);
        if ((await getVersion(tx, 'notes', note.id)) !== base) return refuse('changed meanwhile');
        if (why === requestedByPerson && !(await hasOpenSubjectRequest(tx, note.id, 'that something is corrected')))
          return refuse('not asked');
        return accept(await saveNote(tx, keys, { ...current, ...stands.value, age: age ?? current.age }));
      },
      { reason: why, fields: noteFields },
    );
    if (!corrected.ok) return again(noteRefusals[corrected.refusal]);
    return reply.redirect(`/staff/safeguarding/notes/${note.id}`, 303);
  });
}
