/** Who may ask what of people: search, then open; look; correct. Read, decide, change, answer. */
import { hourOf } from '../platform/audit.ts';
import type { UnitKeys } from '../platform/crypto.ts';
import type { RoomParts } from '../platform/doors.ts';
import { changedMeanwhile, typedAgain } from '../platform/earlier.ts';
import { answersOf } from '../platform/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../platform/http.ts';
import { notFound } from '../platform/problem.ts';
import { type EarlierVersion, listEarlierVersions, versionOf } from '../platform/versions.ts';
import { getReport, type ReportId } from '../reports/index.ts';
import { getNote, type NoteId, readNames } from '../safeguarding/index.ts';
import { seeMeeting } from '../visits/index.ts';
import { longDay } from '../vocabulary/days.ts';
import { type AgencyId, type EncounterId, type MemberId, newTimelessId, type OperationId } from '../vocabulary/ids.ts';
import { accept, refuse } from '../vocabulary/result.ts';
import { see } from '../vocabulary/sight.ts';
import { CorrectForm, checkOf, OpenForm, PersonPath, SearchForm, SearchQuery } from './forms.ts';
import { htcdsRoutes, mayTake } from './htcds-routes.ts';
import type { Sought } from './marks.ts';
import {
  type Begun,
  correctPage,
  type Found,
  foundPage,
  hereAlready,
  home,
  openPage,
  personPage,
  personRefusals,
  searchPage,
} from './pages.ts';
import { type Known, misknown, type Origin, type Person, type PersonId } from './person.ts';
import {
  addPerson,
  findPeople,
  getPerson,
  listPersonsOf,
  lockPerson,
  openEarlier,
  savePerson,
  shownMost,
} from './store.ts';

const foundFields = ['called', 'others', 'yearOfBirth', 'age', 'ageBasis', 'origin', 'agencyId'];
const knownFields = [
  ...['called', 'others', 'yearOfBirth', 'age', 'ageBasis', 'language', 'interpreter', 'interpreterGender', 'aids'],
  ...['contactWay', 'contactAt', 'contactWhen', 'contactNever', 'cameBy'],
];

export async function personRoutes(app: App, { keys }: RoomParts): Promise<void> {
  await findingRoutes(app, keys);
  await openingRoutes(app, keys);
  await readingRoutes(app, keys);
  await htcdsRoutes(app, keys, knownFields);
}

async function findingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get('/safeguarding/persons', may('person.read', undefined, SearchQuery), async (request, reply) => {
    const { from } = request.query;
    const source = await sourceOf(request, keys, from);
    return reply.page(
      'platform/form',
      searchPage({ from, open: source && (await openOf(request, source)), opens: request.can('person.open') }),
    );
  });
  // Posted, so that no name stands in an address; it changes nothing.
  app.post('/safeguarding/persons', may('person.read'), async (request, reply) => {
    const typed = answersOf(request.body);
    const form = readForm(SearchForm, request.body);
    if (!form.ok) return reply.page('platform/form', searchPage({ from: fromOf(typed) }, typed, form.errors));
    const { name, year, from } = form.values;
    const found = await search(request, keys, { name, yearOfBirth: year });
    return reply.page(
      'persons/found',
      foundPage({ ...found, opens: request.can('person.open'), typed: { name, year, from } }),
    );
  });
}

/** Each who is found is written down with the look. */
async function search(request: Request, keys: UnitKeys, sought: Sought): Promise<Found> {
  const people = await request.under('person.read', async (_db, look) => {
    const shown = await findPeople(look('people.searched', null, { fields: foundFields }), keys, sought);
    request.returned(shown.map(({ id }) => id));
    return shown;
  });
  const { agencies } = await readNames(request, []);
  return { people, more: people.length === shownMost, agencies, today: request.today };
}

/** The first record that is open already of the same person met, or of the same report. */
const openOf = (request: Request, { originId }: Source): Promise<PersonId | undefined> =>
  request.under('person.read', async (_db, look) => {
    const [first] = await listPersonsOf(look('people.listed', null, { fields: ['originId'] }), String(originId));
    request.returned(first ? [first] : []);
    return first;
  });

const fromOf = (typed: { readonly from?: unknown }): string | undefined => {
  const read = SearchQuery.safeParse({ from: typed.from });
  return read.success ? read.data.from : undefined;
};

/** What is known of a person by the note or the report from which the record is opened. */
type Source = {
  readonly words: string;
  readonly origin: Origin;
  readonly originId: Person['originId'];
  readonly operationId: OperationId | null;
  readonly known: Partial<Known>;
};

/** Read as whoever asks, each by its own rules and with its own look: what she may not see is not found. */
async function sourceOf(request: Request, keys: UnitKeys, from: string | undefined): Promise<Source | undefined> {
  const [kind, id] = from?.split(':') ?? [];
  if (kind === 'report') {
    const report = await request.under('help report.read', (_db, look) =>
      getReport(look('report.shown', id ?? null, { fields: ['id'] }), id as ReportId),
    );
    return { words: 'Told in a report', origin: 'told in a report', originId: report.id, operationId: null, known: {} };
  }
  if (kind !== 'note') return undefined;
  const note = await request.under('note.read', (_db, look) =>
    getNote(
      look('note.shown', id ?? null, { fields: ['encounterId', 'operationId', 'town', 'day'] }),
      keys,
      id as NoteId,
    ),
  );
  return {
    words: `Met in ${note.town} on ${longDay(note.day)}`,
    origin: 'met at a visit',
    originId: note.encounterId,
    operationId: note.operationId,
    known: await knownOf(request, note.encounterId),
  };
}

/** What the visit wrote down of how to speak with the person, for whoever may see the visit: never asked twice. */
async function knownOf(request: Request, encounterId: EncounterId): Promise<Partial<Known>> {
  if (!request.can('encounter.read')) return {};
  const seen = await request.under('encounter.read', (_db, look) =>
    seeMeeting(look('encounter.shown', encounterId, { fields: ['age', 'language', 'interpreter'] }), encounterId),
  );
  return see(seen, {
    full: ({ age, language, interpreter }): Partial<Known> => ({
      age,
      language,
      interpreter: interpreter === 'not needed' ? 'not needed' : 'needed',
    }),
    restricted: () => ({}),
    nothing: () => ({}),
  });
}

async function openingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get('/safeguarding/persons/new', may('person.open', undefined, SearchQuery), async (request, reply) => {
    const { from } = request.query;
    const source = await sourceOf(request, keys, from);
    return reply.page('persons/found', openPage(begunWith(newTimelessId(), from, source)));
  });

  app.post('/safeguarding/persons/new', may('person.open'), async (request, reply) => {
    const typed = answersOf(request.body);
    const source = await sourceOf(request, keys, fromOf(typed));
    const begun = begunWith(idIn(typed), fromOf(typed), source);
    if (typed.step === 'begin') return reply.page('persons/found', openPage(withTyped(begun, typed)));
    const again = (errors: FormErrors) => reply.page('persons/found', openPage(begun, typed, errors));
    const form = readForm(OpenForm, request.body);
    if (!form.ok) return again(form.errors);
    const { id, from: _from, origin: chosen, checked, ...said } = form.values;
    const origin = source?.origin ?? chosen;
    const wrong = [...misknown(said, request.today), ...(origin ? [] : (['unknown origin'] as const))];
    if (wrong.length > 0 || !origin) return again(allOf(wrong));
    if (checked !== checkOf(said)) {
      const found = await search(request, keys, { name: said.called, yearOfBirth: said.yearOfBirth });
      // A form that is sent twice finds itself.
      if (found.people.length > 0 && found.people.every((one) => one.id !== id))
        return reply.page('persons/found', openPage(begun, { ...typed, checked: checkOf(said) }, hereAlready, found));
    }
    const person: Person = {
      ...said,
      id,
      agencyId: request.actor.agencyId as AgencyId,
      authorId: request.actor.memberId as MemberId,
      operationId: source?.operationId ?? null,
      origin,
      originId: source?.originId ?? null,
      openedAt: hourOf(request.now),
    };
    await request.change('person.opened', id, async (tx) => accept(await addPerson(tx, keys, person)), {
      kind: 'collection',
      fields: knownFields,
    });
    return reply.redirect(`${home}/${id}`, 303);
  });
}

const begunWith = (id: string, from: string | undefined, source: Source | undefined): Begun => ({
  id,
  from,
  source: source?.words,
  known: source?.known ?? {},
  checked: '',
});

/** What was typed to search stands in the form already, and need not be searched for again. */
function withTyped(begun: Begun, { called, yearOfBirth }: { called?: unknown; yearOfBirth?: unknown }): Begun {
  const names = { called: String(called ?? ''), yearOfBirth: Number(yearOfBirth) || null };
  return { ...begun, known: { ...begun.known, ...names }, checked: checkOf(names) };
}

const idIn = (typed: { readonly id?: unknown }): string => {
  const read = PersonPath.safeParse({ id: typed.id });
  return read.success ? read.data.id : newTimelessId();
};

const allOf = (wrong: readonly (keyof typeof personRefusals)[]): FormErrors =>
  Object.assign({}, ...wrong.map((one) => personRefusals[one]));

/** Of whoever may see the record and may not change it, the correcting is hidden. */
const mayCorrect = (request: Request, { agencyId }: Person): boolean =>
  request.can('person.correct') && agencyId === request.actor.agencyId;

async function readingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get('/safeguarding/persons/:id', may('person.read', PersonPath), async (request, reply) => {
    const db = request.look('person.shown', request.params.id, { fields: knownFields });
    const person = await getPerson(db, keys, request.params.id);
    const versions = (await listEarlierVersions(db, 'persons', person.id)).map(openVersion(keys));
    const { agencies, names } = await readNames(request, [
      person.authorId,
      ...versions.map(({ replacedBy }) => replacedBy),
    ]);
    const [corrects, takes] = [mayCorrect(request, person), mayTake(request, person)];
    const raises = request.can('concern.raise');
    const keeps = request.can('kept person.read') && person.agencyId === request.actor.agencyId;
    return reply.page(
      'platform/page',
      personPage({ person, today: request.today, agencies, names, versions, corrects, takes, raises, keeps }),
    );
  });

  const own = async (request: Request, id: PersonId) => {
    const db = request.look('person.shown', id, { fields: knownFields });
    const person = await getPerson(db, keys, id);
    if (!mayCorrect(request, person)) throw notFound('person');
    return { person, now: await versionOf(db, 'persons', id) };
  };
  app.get('/safeguarding/persons/:id/correct', may('person.correct', PersonPath), async (request, reply) => {
    const { person, now } = await own(request, request.params.id);
    return reply.page('platform/form', correctPage(person, now));
  });
  app.post('/safeguarding/persons/:id/correct', may('person.correct', PersonPath), async (request, reply) => {
    const { person, now } = await own(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', correctPage(person, now, typedAgain(request.body, now, errors), errors));
    const form = readForm(CorrectForm, request.body);
    if (!form.ok) return again(form.errors);
    const { base, why, ...said } = form.values;
    const wrong = misknown(said, request.today);
    if (wrong.length > 0) return again(allOf(wrong));
    const saved = await request.change(
      'person.corrected',
      person.id,
      async (tx) => {
        const current = await lockPerson(tx, keys, person.id);
        if ((await versionOf(tx, 'persons', person.id)) !== base) return refuse('changed meanwhile');
        return accept(await savePerson(tx, keys, { ...current, ...said }));
      },
      { reason: why, fields: knownFields },
    );
    if (!saved.ok) return again(changedMeanwhile);
    return reply.redirect(`${home}/${person.id}`, 303);
  });
}

const openVersion =
  (keys: UnitKeys) =>
  (version: EarlierVersion): EarlierVersion => ({
    ...version,
    record: openEarlier(keys, version.record),
    became: openEarlier(keys, version.became),
  });
