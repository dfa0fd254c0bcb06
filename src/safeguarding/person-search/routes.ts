/** Opening a record from a note, report or request, after a search. Read, decide, change, answer. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { answersOf, formIdIn } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import {
  type Answers,
  type App,
  type FormErrors,
  may,
  type Reply,
  type Request,
  readForm,
  saving,
} from '../../platform/http/server.ts';
import { fillForm } from '../../platform/rendering/pages.ts';
import { getReportContent, type ReportId } from '../../reports/index.ts';
import { lookUpEncounterSummary } from '../../visits/index.ts';
import { ageFromReport } from '../../vocabulary/age.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import {
  type AgencyId,
  type EncounterId,
  type MemberId,
  newTimelessId,
  type OperationId,
  type PersonId,
} from '../../vocabulary/ids.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { matchLookup } from '../../vocabulary/visibility.ts';
import { readNames } from '../case/read-names.ts';
import { findGrantOfReferral } from '../consent/store.ts';
import type { ContactNoteContent, ContactNoteId } from '../help/help.ts';
import { addContactNote } from '../help/store.ts';
import type { NoteId } from '../notes/note.ts';
import { spokenInRecord } from '../notes/reach.ts';
import { getNote } from '../notes/store.ts';
import { formatSearchCheck, OpenForm, OpeningQuery, SearchQuery, UnnamedOpenForm } from '../people/forms.ts';
import { personRefusals } from '../people/pages.ts';
import { findPersonErrors, type Origin, type Person, type PersonDetails } from '../people/person.ts';
import { parseSafeContact } from '../people/safe-contact.ts';
import { addPerson, listPersonsByOrigin, lockOrigin, maxResults, searchPeople } from '../people/store.ts';
import type { ReferralId } from '../referrals/referral.ts';
import { getReferral } from '../referrals/store.ts';
import { type NewRecordData, newRecordPage, possibleDuplicateError, type SearchResults } from './pages.ts';
import type { PersonQuery } from './search-terms.ts';
export const foundFields = ['called', 'others', 'yearOfBirth', 'age', 'ageBasis', 'origin', 'agencyId'];
export const knownFields = [
  ...['called', 'others', 'yearOfBirth', 'age', 'ageBasis', 'language', 'interpreter', 'interpreterGender', 'aids'],
  ...['contactWay', 'contactAt', 'contactWhen', 'contactNever', 'cameBy'],
];

/** The log names each person in the result. */
export async function search(request: Request, keys: UnitKeys, sought: PersonQuery): Promise<SearchResults> {
  const people = await request.under('person.read', async (_db, look) => {
    const shown = await searchPeople(look('people.searched', null, { fields: foundFields }), keys, sought);
    request.returned(shown.map(({ id }) => id));
    return shown;
  });
  const { agencies } = await readNames(request, []);
  return { people, more: people.length === maxResults, agencies, today: request.today };
}

/** The first existing record of the same encounter or report. */
export const findExistingRecord = (request: Request, { originId }: RecordOrigin): Promise<PersonId | undefined> =>
  request.under('person.read', async (_db, look) => {
    const [first] = await listPersonsByOrigin(look('people.listed', null, { fields: ['originId'] }), String(originId));
    request.returned(first ? [first] : []);
    return first;
  });

export const parseSourceReference = (typed: { readonly from?: unknown }): string | undefined => {
  const read = SearchQuery.safeParse({ from: typed.from });
  return read.success ? read.data.from : undefined;
};

/** What the note, report or request says about the person. */
type RecordOrigin = {
  readonly words: string;
  readonly origin: Origin;
  readonly originId: Person['originId'];
  readonly operationId: OperationId | null;
  readonly known: Partial<PersonDetails>;
  /** Needs and wishes from a note, copied into the record. */
  readonly needs?: Extract<ContactNoteContent, { what: 'needs' }> | undefined;
};

/** Reads the source as the member, with its own rules and its own log entry. Throws “not found” if they may not see it. */
export async function readSource(
  request: Request,
  keys: UnitKeys,
  from: string | undefined,
): Promise<RecordOrigin | undefined> {
  const [kind, id] = from?.split(':') ?? [];
  if (kind === 'report') {
    const told = await request.under('help report.read', (_db, look) =>
      getReportContent(look('report.shown', id ?? null, { fields: ['told'] }), keys, 'help', id as ReportId),
    );
    const source = { words: 'Told in a report', origin: 'named in report', operationId: null } as const;
    return { ...source, originId: id as ReportId, known: detailsFromReport(told) };
  }
  if (kind === 'referral') return readReferralSource(request, keys, id as ReferralId);
  if (kind !== 'note') return undefined;
  const note = await request.under('note.read', (_db, look) =>
    getNote(
      look('note.shown', id ?? null, {
        fields: ['encounterId', 'operationId', 'town', 'day', 'age', 'language', 'interpreter', 'needs', 'wants'],
      }),
      keys,
      id as NoteId,
    ),
  );
  return {
    words: `Met in ${note.town} on ${longDay(note.day)}`,
    origin: 'met at visit',
    originId: note.encounterId,
    operationId: note.operationId,
    // The note’s own age and language, for a lead who may not see the visit: a child must not become an adult in the record.
    known: {
      ...(note.age && { age: note.age }),
      ...(await detailsFromVisit(request, note.encounterId)),
      ...spokenInRecord(note),
    },
    needs: note.needs.length > 0 || note.wants ? { what: 'needs', needs: note.needs, words: note.wants } : undefined,
  };
}

const maxCopiedLength = 1_000;

/** The content of a report. The source identity and its contact details stay there; only a custodian can open them. */
function detailsFromReport({ age, what }: Readonly<Record<string, string>>): Partial<PersonDetails> {
  const words = what?.replace(/\s+/g, ' ').trim();
  return {
    ...(age && { age: ageFromReport(age) }),
    ...(words && { cameBy: words.length > maxCopiedLength ? `${words.slice(0, maxCopiedLength - 1)}…` : words }),
  };
}

/** An agency that accepted a request keeps a record of its own, prefilled with what the request shows. */
async function readReferralSource(request: Request, keys: UnitKeys, id: ReferralId): Promise<RecordOrigin> {
  const { referral, grant } = await request.under('referral.read', async (_db, look) => {
    const db = look('referral.shown', id, { fields: ['fromAgency', 'day', 'needs', 'words', 'wants', 'reach'] });
    return { referral: await getReferral(db, keys, id), grant: await findGrantOfReferral(db, keys, id) };
  });
  const shown = new Map<string, string>(grant?.shown.map(({ item, words }) => [item, words]));
  const wants = shown.get('wishes') ?? null;
  if (referral.toAgency !== request.actor.agencyId || referral.state !== 'accepted') throw notFound('referral');
  return {
    words: `You were asked to help on ${longDay(referral.day)}, and took it on`,
    origin: 'a partner’s concern',
    originId: referral.id,
    operationId: null,
    known: detailsFromReferral(shown.get('essential information'), shown.get('contact details')),
    needs: { what: 'needs', needs: referral.needs, words: wants },
  };
}

const maxContactLength = 500;

/** Data of the person from the request. The safe contact is kept whole and in its own words, because its warnings must not get lost. */
const detailsFromReferral = (words: string | undefined, reach: string | undefined): Partial<PersonDetails> => ({
  ...(words && { cameBy: words.slice(0, maxCopiedLength) }),
  ...(reach && reach.length <= maxContactLength && parseSafeContact(reach)),
  ...(reach && reach.length > maxContactLength && { cameBy: `${reach}\n${words ?? ''}`.slice(0, maxCopiedLength) }),
});

/** Language and interpreter from the visit, for members who may see it, so that nobody asks twice. Logged only in the safeguarding database: the visit's log must not show that a record was opened. */
async function detailsFromVisit(request: Request, encounterId: EncounterId): Promise<Partial<PersonDetails>> {
  if (!request.can('encounter.read')) return {};
  const seen = await request.under('encounter.read', (db) => lookUpEncounterSummary(db, encounterId));
  return matchLookup(seen, {
    full: ({ age, language, interpreter }): Partial<PersonDetails> => ({
      age,
      language,
      interpreter: interpreter === 'not needed' ? 'not needed' : 'needed',
    }),
    restricted: () => ({}),
    nothing: () => ({}),
  });
}

const showNewRecord = (
  reply: Reply,
  begun: NewRecordData,
  typed?: Answers,
  errors?: FormErrors,
  found?: SearchResults,
) => reply.page('safeguarding/person-search/search-results', fillForm(newRecordPage(begun, found), typed, errors));

export async function newRecordRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(peoplePaths.opening.route, may('person.open', undefined, OpeningQuery), async (request, reply) => {
    const { from, noName } = request.query;
    const source = await readSource(request, keys, from);
    const there = await findDuplicateRecord(request, source);
    if (there) return reply.redirect(recordPaths.record(there), 303);
    return showNewRecord(reply, { ...startRecord(newTimelessId(), from, source), noName: noName === 'yes' });
  });

  // Not a form route: it is begun by the search, and searches again before it saves.
  app.post(peoplePaths.opening.route, saving('Record', may('person.open')), async (request, reply) => {
    const typed = answersOf(request.body);
    const source = await readSource(request, keys, parseSourceReference(typed));
    const noName = typed.noName === 'yes';
    const begun = { ...startRecord(formIdIn(typed), parseSourceReference(typed), source), noName };
    const there = await findDuplicateRecord(request, source);
    if (there && there !== begun.id) return reply.redirect(recordPaths.record(there), 303);
    if (typed.step === 'begin') return showNewRecord(reply, withSearchAnswers(begun, typed));
    const form = readForm(noName ? UnnamedOpenForm : OpenForm, request.body);
    if (!form.ok) return showNewRecord(reply, begun, typed, form.errors);
    const { id, from: _from, origin: chosen, checked, ...said } = form.values;
    const origin = source?.origin ?? chosen;
    const wrong = [...findPersonErrors(said, request.today), ...(origin ? [] : (['unknown origin'] as const))];
    if (wrong.length > 0 || !origin) return showNewRecord(reply, begun, typed, mergeErrors(wrong));
    const found = noName || checked === formatSearchCheck(said) ? undefined : await findOthers(request, keys, id, said);
    if (found) return showNewRecord(reply, begun, withCheck(typed, said), possibleDuplicateError, found);
    const opened = await openRecord(request, keys, { ...said, id, origin }, source);
    return reply.redirect(recordPaths.record(opened), 303);
  });
}

const withCheck = (typed: Answers, said: PersonDetails): Answers => ({ ...typed, checked: formatSearchCheck(said) });

/** Others with such a name; undefined if there are none. A form that is sent twice would find its own record. */
async function findOthers(
  request: Request,
  keys: UnitKeys,
  id: PersonId,
  { called, yearOfBirth }: PersonDetails,
): Promise<SearchResults | undefined> {
  const found = await search(request, keys, { name: called, yearOfBirth });
  return found.people.length > 0 && found.people.every((one) => one.id !== id) ? found : undefined;
}

/** Opens the record with the needs of its source, and returns its id; that of the first where somebody else was quicker. */
async function openRecord(
  request: Request,
  keys: UnitKeys,
  known: PersonDetails & Pick<Person, 'id' | 'origin'>,
  source: RecordOrigin | undefined,
): Promise<PersonId> {
  const person: Person = {
    ...known,
    agencyId: request.actor.agencyId as AgencyId,
    authorId: request.actor.memberId as MemberId,
    operationId: source?.operationId ?? null,
    originId: source?.originId ?? null,
    openedAt: floorToHour(request.now),
  };
  const { needs } = source ?? {};
  let first: PersonId | undefined;
  await request.change(
    'person.opened',
    person.id,
    async (tx) => {
      if (person.origin === 'met at visit') {
        await lockOrigin(tx, String(person.originId));
        first = (await listPersonsByOrigin(tx, String(person.originId))).find((one) => one !== person.id);
        if (first) return refuse('open already');
      }
      await addPerson(tx, keys, person);
      if (needs) await addContactNote(tx, keys, { ...actOf(person), done: needs });
      return accept(undefined);
    },
    { kind: 'collection', fields: [...knownFields, ...(needs ? ['needs', 'words'] : [])] },
  );
  return first ?? person.id;
}

/** A person met has one record, and the member is redirected to it. A report may be about several people. */
const findDuplicateRecord = async (
  request: Request,
  source: RecordOrigin | undefined,
): Promise<PersonId | undefined> =>
  source?.origin === 'met at visit' ? findExistingRecord(request, source) : undefined;

/** The copied needs use the record’s own id, so that a repeated form writes them once. */
const actOf = ({ id, agencyId, authorId, openedAt }: Person) => ({
  id: String(id) as ContactNoteId,
  personId: id,
  agencyId,
  authorId,
  at: openedAt,
});

const startRecord = (id: string, from: string | undefined, source: RecordOrigin | undefined): NewRecordData => ({
  id,
  from,
  source: source?.words,
  known: source?.known ?? {},
  checked: '',
});

/** The search fills the form in, and the same name need not be searched again. */
function withSearchAnswers(
  begun: NewRecordData,
  { called, yearOfBirth }: { called?: unknown; yearOfBirth?: unknown },
): NewRecordData {
  const names = { called: String(called ?? ''), yearOfBirth: Number(yearOfBirth) || null };
  return { ...begun, known: { ...begun.known, ...names }, checked: formatSearchCheck(names) };
}

export const mergeErrors = (wrong: readonly (keyof typeof personRefusals)[]): FormErrors =>
  Object.assign({}, ...wrong.map((one) => personRefusals[one]));
