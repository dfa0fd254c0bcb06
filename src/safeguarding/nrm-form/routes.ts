/** Fills in the parts of the form. Everything typed is kept; what may not be sent gets an error and is not sent. */

import { z } from 'zod';
import { faultErrors, findingErrors, readFormAnswer } from '../../nrm/form-fields/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type Answers, answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm, saving } from '../../platform/http/server.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import type { Note } from '../notes/note.ts';
import { listNoteContents } from '../notes/store.ts';
import { type OpenedNrmReferral, openNrmReferral } from '../nrm-drafts/audited-reads.ts';
import { buildCaseDraft } from '../nrm-drafts/draft.ts';
import { PartPath, PartQuery } from '../nrm-drafts/forms.ts';
import type { NrmReferral } from '../nrm-drafts/nrm-referral.ts';
import { lockNrmReferral, saveNrmReferral } from '../nrm-drafts/store.ts';
import type { Person } from '../people/person.ts';
import { findCouncilTold } from './council-reads.ts';
import { suggestFromCouncil } from './council-suggestions.ts';
import { suggestFromNotes } from './note-suggestions.ts';
import * as pages from './pages.ts';
import { findNextPart, type Part, partsOf } from './parts.ts';
import { collectRecordedWords, type Recorded, type RecordedWords } from './recorded-words.ts';
import { exceedsRecordedContact } from './safe-contact.ts';

const noteFactFields = ['day', 'town', 'language', 'interpreter', 'outcomes', 'disclosed', 'wants', 'writtenAt'];

/** Enough for ten long answers in one request. */
const longestPart = 1024 * 1024;

const alreadySubmitted: FormErrors = { '': 'It was submitted meanwhile: nothing in it changes any more' };

const offerGone: FormErrors = {
  '': 'These recorded words have changed since you opened the page. Nothing is saved. Read the words again',
};

/** The notes of the person met that the reader may read. */
async function readNotes(request: Request, keys: UnitKeys, { origin, originId }: Person): Promise<readonly Note[]> {
  if (origin !== 'met at visit' || !request.can('note.read')) return [];
  const db = request.look('notes.listed', null, { fields: noteFactFields });
  const notes = await listNoteContents(db, keys, String(originId));
  request.returned(notes.map(({ id }) => id));
  return notes;
}

async function openPart(request: Request, keys: UnitKeys, id: NrmReferral['id'], number: number) {
  let notes: readonly Note[] = [];
  const whole = await openNrmReferral(request, keys, id, async ({ person }) => {
    notes = await readNotes(request, keys, person);
  });
  const part = partsOf(whole.made).find(({ numbers }) => numbers.includes(number));
  if (!part) throw notFound('part of the form');
  // A notification names nobody, and no place or day of a meeting belongs in it.
  const refers = whole.made.way?.kind === 'referral';
  const told = refers ? await findCouncilTold(request, keys, whole, notes) : undefined;
  const suggested = refers ? { ...suggestFromNotes(notes), ...suggestFromCouncil(told) } : {};
  const recorded: Recorded = refers ? collectRecordedWords(notes, whole.person) : {};
  return { ...whole, part, suggested, recorded };
}
type OpenedPart = Awaited<ReturnType<typeof openPart>>;

const shownOf = (
  { concern, made, person, names, part, suggested, recorded }: OpenedPart,
  all: boolean,
): pages.PartPageData => ({
  ...{ concern, made, part, names, suggested, recorded, all },
  called: person.called,
});

export async function partRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(nrmPaths.part.route, may('nrm referral.change', PartPath, PartQuery), async (request, reply) => {
    const { id, number } = request.params;
    const whole = await openPart(request, keys, id, number);
    if (whole.concern.submission) return reply.redirect(nrmPaths.referral(id), 303);
    const shown = { ...shownOf(whole, request.query.all === 'yes'), looking: true };
    return reply.page('safeguarding/nrm-form/form-part', pages.partPage(shown, {}, errorsOf(whole, whole.part)));
  });

  // Everything that fits is kept, whatever else is wrong with the part.
  app.post(
    nrmPaths.part.route,
    { ...saving('Answers', may('nrm referral.change', PartPath)), bodyLimit: longestPart },
    async (request, reply) => {
      const { id } = request.params;
      const whole = await openPart(request, keys, id, request.params.number);
      const { number } = whole.part;
      const show = (of: OpenedPart, all: boolean, typed: Answers, errors: FormErrors) =>
        reply.page('safeguarding/nrm-form/form-part', pages.partPage(shownOf(of, all), typed, errors));
      const typed = answersOf(request.body);
      const asked = String(typed.asked ?? '').split(' ');
      if (typed.use !== undefined) {
        const known = whole.part.entries.some(({ field, answer }) => answer !== null && asked.includes(field.key));
        const offer = findOffer(whole, typed.use);
        if (!offer) return show(whole, known, typed, offerGone);
        const { key, puts } = offer;
        const now = { ...typed, [key]: [typed[key], puts].filter((text) => text).join('\n') };
        const put = pages.partPage(shownOf(whole, known), now);
        return reply.page('safeguarding/nrm-form/form-part', { ...put, put: pages.describePut(offer.asks) });
      }
      const given = readAnswers(whole, asked, request.body);
      const saved = await saveAnswers(request, keys, whole, given.taken);
      if (!saved.ok) return show(whole, true, typed, alreadySubmitted);
      // Checked as stored: answers show which questions follow.
      const made = buildCaseDraft(saved.value, whole.earlier, whole.person, whole.by);
      const part = partsOf(made).find((one) => one.number === number);
      if (part) {
        const now = { ...whole, concern: saved.value, made, part };
        const refused = contactErrors(given.loosened, part);
        if (Object.keys(refused).length > 0) return show(now, false, typed, refused);
        const errors = errorsOf(now, part);
        if (Object.keys(errors).length > 0) return show(now, false, {}, errors);
      }
      const shownNow = part?.entries.some(({ field, fault }) => fault === 'missing' && !asked.includes(field.key));
      if (shownNow) return reply.redirect(nrmPaths.part(id, String(number)), 303);
      const next = findNextPart(made, number);
      return reply.redirect(next ? nrmPaths.part(id, String(next.number)) : nrmPaths.referral(id), 303);
    },
  );
}

/** The recorded words that the button named, and the question they go into. Nothing is saved by it. */
function findOffer(
  { part, recorded }: OpenedPart,
  use: unknown,
): (RecordedWords & { readonly key: string; readonly asks: string }) | undefined {
  const [, key, id] = /^(\S+) (\S+)$/.exec(String(use)) ?? [];
  const field = part.entries.find((one) => one.field.key === key)?.field;
  const words = field && recorded[field.from]?.find((one) => one.id === id);
  return field && words && { ...words, key: field.key, asks: field.asks };
}

/** The answers to the fields that were asked; those that allow more contact than the record stand apart. */
function readAnswers({ part, person }: OpenedPart, asked: readonly string[], body: unknown) {
  const days = readForm(z.record(z.string(), z.unknown()), body);
  const said = days.ok ? days.values : answersOf(body);
  const given = part.entries
    .filter(({ field }) => asked.includes(field.key))
    .map(({ field: { key, from, kind } }) => ({
      ...{ key, from },
      value: readFormAnswer(said[key], { kind }),
    }));
  const loosened = given.filter(({ from, value }) => value !== null && exceedsRecordedContact(from, value, person));
  return { loosened, taken: given.filter((one) => !loosened.includes(one)) };
}

const saveAnswers = (
  request: Request,
  keys: UnitKeys,
  { concern: { id }, made }: OpenedPart,
  taken: ReturnType<typeof readAnswers>['taken'],
) =>
  request.change(
    'nrm referral.answered',
    id,
    async (tx) => {
      const current = await lockNrmReferral(tx, keys, id);
      if (current.submission) return refuse('submitted already');
      const on = { by: request.actor.memberId as MemberId, on: request.today };
      const answers = { ...current.answers };
      for (const { from, value } of taken) {
        const known = made.known[from];
        if (value === null) delete answers[from];
        // An answer equal to the record stays the record's.
        else if (known === undefined || String(known.value) !== String(value)) answers[from] = { value, ...on };
      }
      const next = { ...current, answers };
      await saveNrmReferral(tx, keys, next);
      return accept(next);
    },
    { fields: taken.map(({ key }) => key) },
  );

const contactErrors = (loosened: readonly { readonly key: string }[], part: Part | undefined): FormErrors => {
  const here = new Set(part?.entries.map(({ field }) => field.key));
  return Object.fromEntries(loosened.flatMap(({ key }) => (here.has(key) ? [[key, pages.contactTooOpenError]] : [])));
};

/** What cannot stay in this part: answers outside a list, and in a notification identifying text. */
function errorsOf({ made }: OpenedNrmReferral, part: Part): FormErrors {
  const here = new Set(part.entries.map(({ field }) => field.key));
  const found = made.heldBack?.findings.filter(({ field }) => here.has(field)) ?? [];
  return { ...faultErrors(part.entries), ...findingErrors(found) };
}
