/** Requests from a person about their data: open a request, see what is held, decide on each redaction and make the answer. For the data-protection lead of the agency that holds the records; for support agencies alone in the safeguarding database. */

import { z } from 'zod';
import { getAgency, listMemberNames, memberNames } from '../../identity/agencies/index.ts';
import type { AreaRecordsHeld } from '../../platform/area.ts';
import { dayOf } from '../../platform/clock.ts';
import { digest } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader, Writer } from '../../platform/database/database.ts';
import { toFileName } from '../../platform/exports/csv.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { listNamesAtSameVisits, listRecordsHeldAtVisits } from '../../visits/index.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { requestPaths, restrictedRequestPaths } from '../../vocabulary/paths/audit.ts';
import { createLines, type Part } from '../../vocabulary/records-held.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { OpenForm, OutcomeForm, RedactionForm, RequestPath } from '../forms.ts';
import { type Entry, isOversightAccess, isRefusal, listLogOfRecords } from '../store.ts';
import { formatLetterLine } from './letter.ts';
import { markNames } from './name-redaction.ts';
import * as page from './pages.ts';
import { addRequest, getRequest, lockRequest, paginateRequests, type RequestTables, saveRequest } from './store.ts';
import {
  checkAnswerable,
  decideRedaction,
  type RequestId,
  type RequestOutcome,
  type SubjectRequest,
} from './subject-access-request.ts';

/** Data that one module holds about a person. */
type RequestDatabase = {
  readonly place: page.RequestLocation;
  readonly actions: Readonly<Record<'read' | 'open' | 'change', string>>;
  readonly held: AreaRecordsHeld;
  /** Names of others encountered at the same visits. The safeguarding database holds none. */
  readonly beside?: typeof listNamesAtSameVisits;
  readonly at: (request: Request) => Date;
};

const mainDatabase: RequestDatabase = {
  place: { paths: requestPaths, of: 'about visits', behind: false },
  actions: { read: 'request.read', open: 'request.open', change: 'request.change' },
  held: listRecordsHeldAtVisits,
  beside: listNamesAtSameVisits,
  at: ({ now }) => now,
};
/** What the safeguarding database holds: each area lists its own. */
const createSafeguardingDatabase = (sources: readonly AreaRecordsHeld[]): RequestDatabase => ({
  place: { paths: restrictedRequestPaths, of: 'about safeguarding records', behind: true },
  actions: { read: 'help request.read', open: 'help request.open', change: 'help request.change' },
  held: async (db, keys, about) => {
    const parts: Part[] = [];
    for (const held of sources) parts.push(...(await held(db, keys, about)));
    return parts;
  },
  at: ({ now }) => floorToHour(now),
});

export async function requestRoutes(app: App, parts: AreaParts): Promise<void> {
  const behind = createSafeguardingDatabase(parts.areas.flatMap(({ recordsHeld }) => recordsHeld ?? []));
  await listRoutes(app, behind);
  for (const side of [mainDatabase, behind]) await requestDatabaseRoutes(app, side, parts);
}

async function listRoutes(app: App, behind: RequestDatabase): Promise<void> {
  const Query = PageQuery.extend({ behind: PageQuery.shape.page });
  app.get(requestPaths.requests.route, may('request.read', z.unknown(), Query), async (request, reply) => {
    const { query } = request;
    const list = async (db: AuditedReader<AnyTables>, { place }: RequestDatabase, of: 'page' | 'behind') => {
      const { requests, total } = await paginateRequests(db, { page: query[of], size: pageSize });
      const pages = paginate(query[of], pageSize, total, (to) =>
        withQuery(requestPaths.requests(), { ...query, [of]: to }),
      );
      return { place, requests, pages };
    };
    const lists = [await list(request.look('requests.listed', null), mainDatabase, 'page')];
    request.returned(lists.flatMap(({ requests }) => requests.map(({ id }) => id)));
    if (request.can('help request.read'))
      lists.push(
        await request.under('help request.read', (_db, look) => list(look('requests.listed', null), behind, 'behind')),
      );
    return reply.sections(page.requestsPage(lists));
  });
}

/** Log entries about the person: the day, the role and the action. For members of other agencies the role alone, so that the letter does not reveal who supports the person. */
const logPart = (entries: readonly Entry[]): Part => ({
  title: 'Access to it and changes',
  lines: entries.flatMap((entry) =>
    createLines(`access_log/${entry.id}`, { said: formatLetterLine(entry) }, [['said', longDay(dayOf(entry.at))]]),
  ),
});

async function requestDatabaseRoutes(app: App, side: RequestDatabase, parts: AreaParts): Promise<void> {
  const { keys } = parts;
  openingRoute(app, side);
  app.get(side.place.paths.request.route, may(side.actions.read, RequestPath), async (request, reply) =>
    preview(request, reply, { side, keys }),
  );
  redactionRoute(app, side, parts);
  answerRoute(app, side, parts);
  withdrawalRoute(app, side);
}

type RequestOfPath = Request & { readonly params: { readonly id: RequestId } };
type Held = { readonly side: RequestDatabase; readonly keys: AreaParts['keys'] };

/** The request, and the reader under which it was logged that it is shown. */
async function readRequest(request: RequestOfPath) {
  const { id } = request.params;
  const db = request.look('request.shown', id, { fields: ['about', 'marks'] });
  return { db, asked: await getRequest(db, id) };
}

/** What this database holds under the ids of an open request, with the names of others marked. Each look is logged. */
async function readHeld(
  request: Request,
  { side, keys }: Held,
  db: AuditedReader<AnyTables>,
  { id, about, state }: SubjectRequest,
): Promise<Part[]> {
  if (state !== 'open') return [];
  for (const id of about) request.look('held.shown', id, { fields: ['everything held'] });
  const parts = await side.held(db, keys, about);
  // Leaves out accesses for answering requests, which each preview would add, and refusals, which may reveal who supports the person.
  const log = (await listLogOfRecords(db, about)).filter((entry) => !isOversightAccess(entry) && !isRefusal(entry));
  if (parts.length === 0) return [];
  const beside = side.beside ? await side.beside(request.look('names.compared', id, { fields: ['name'] }), keys) : [];
  if (side.beside) request.returned(beside.map((one) => one.id));
  const members = await request.under('log.read', (reader) => listMemberNames(reader));
  const known = [
    ...members.map((one) => ({ ...one, third: 'a member' as const })),
    ...beside.map((one) => ({ ...one, third: 'another person' as const })),
  ];
  return markNames([...parts, logPart(log)], known);
}

async function preview(request: RequestOfPath, reply: Reply, held: Held, errors?: FormErrors): Promise<string> {
  const { db, asked } = await readRequest(request);
  const parts = await readHeld(request, held, db, asked);
  const names = await request.under('log.read', (reader) => memberNames(reader, [asked.openedBy]));
  const openedBy = names.get(asked.openedBy) ?? 'somebody who has left';
  const { place } = held.side;
  return reply.page('oversight/preview', page.previewPage({ place, request: asked, parts, openedBy }, errors));
}

function openingRoute(app: App, { place, actions, at }: RequestDatabase): void {
  formRoute(app, place.paths.newRequest.route, {
    may: may(actions.open),
    load: async () => newTimelessId<'subject request'>(),
    form: OpenForm,
    page: () => page.openRequestPage(place),
    event: 'request.opened',
    subject: (id) => id,
    details: (_, { alone: _alone, ...said }) => ({
      kind: 'collection',
      fields: Object.keys(said),
      returned: said.about,
    }),
    change: async (tx, id, { alone: _alone, ...said }, request) => {
      const { memberId: openedBy, agencyId } = request.actor;
      const asked: SubjectRequest = {
        ...said,
        ...{ answeredBy: null, answeredAt: null, digest: null, outcome: null },
        id,
        agencyId,
        state: 'open',
        marks: {},
        openedBy,
        openedAt: at(request),
      };
      return accept(await addRequest(tx, asked));
    },
    refusals: {},
    next: (_, id) => place.paths.request(id),
  });
}

/** Marks are decided on the lines as they are held now, so those are read again. */
function redactionRoute(app: App, side: RequestDatabase, { keys }: AreaParts): void {
  const { paths } = side.place;
  app.post(paths.marks.route, may(side.actions.change, RequestPath), async (request, reply) => {
    const { id } = request.params;
    const form = readForm(RedactionForm, request.body);
    if (!form.ok) return preview(request, reply, { side, keys }, form.errors);
    const { key, ...mark } = form.values;
    const { db, asked } = await readRequest(request);
    const lines = (await readHeld(request, { side, keys }, db, asked)).flatMap((part) => part.lines);
    await request.change(
      mark.kept ? 'request.mark kept' : 'request.mark lifted',
      id,
      async (tx) => {
        const current = await lockRequest(tx, id);
        const marks = decideRedaction(current, lines, key, mark);
        if (!marks.ok) return marks;
        await saveRequest(tx, { ...current, marks: marks.value });
        return accept(true);
      },
      { reason: mark.why, fields: ['marks'] },
    );
    return reply.redirect(paths.request(id), 303);
  });
}

/** Answers with the file, made before the change so that its digest is saved with it. */
function answerRoute(app: App, side: RequestDatabase, { keys, views }: AreaParts): void {
  app.post(side.place.paths.answer.route, may(side.actions.change, RequestPath), async (request, reply) => {
    const { db, asked } = await readRequest(request);
    const form = asked.wants === 'access' ? undefined : readForm(OutcomeForm, request.body);
    if (form && !form.ok) return preview(request, reply, { side, keys }, form.errors);
    const told = form?.values ?? null;
    const parts = await readHeld(request, { side, keys }, db, asked);
    const { name } = await request.under('log.read', (reader) => getAgency(reader, request.actor.agencyId));
    const at = side.at(request);
    const file = views.render(
      'oversight/answer',
      page.answerModel({ request: asked, parts, told, agencyName: name, at }),
    );
    const answered = await request.change(
      'request.answered',
      asked.id,
      (tx) => saveAnswer(tx, { asked, parts, file, told, answeredBy: request.actor.memberId, at }),
      // The recipient is the person, who has no id here. The request says how to reach them.
      {
        kind: 'disclosure',
        recipient: asked.id,
        fields: [told ? 'what was done' : 'everything held'],
        returned: asked.about,
        reason: `asked ${page.requestTypeText[asked.wants]}, ${page.deliveryText[asked.delivery]}`,
      },
    );
    if (!answered.ok) return showRefused(request, reply, side, page.requestErrors[answered.refusal]);
    return reply.export({ fileName: `answer-${toFileName(asked.reference)}.html`, type: 'text/html', content: file });
  });
}

/** Refuses where the request was closed, or its marks changed, while the file was made. */
async function saveAnswer(
  tx: Writer<RequestTables>,
  {
    asked,
    parts,
    file,
    told,
    answeredBy,
    at,
  }: {
    readonly asked: SubjectRequest;
    readonly parts: readonly Part[];
    readonly file: string;
    readonly told: RequestOutcome | null;
    readonly answeredBy: string;
    readonly at: Date;
  },
) {
  const current = await lockRequest(tx, asked.id);
  const answerable = checkAnswerable(current, parts);
  if (!answerable.ok) return answerable;
  if (JSON.stringify(current.marks) !== JSON.stringify(asked.marks)) return refuse('not open');
  const outcome = told?.outcome ?? null;
  await saveRequest(tx, {
    ...current,
    state: 'answered',
    answeredBy,
    answeredAt: at,
    digest: digest(file),
    outcome,
  });
  return accept(true);
}

/** Reads nothing more after a change has started: shows the request with its errors. */
async function showRefused(
  request: RequestOfPath,
  reply: Reply,
  { place, actions }: RequestDatabase,
  errors: FormErrors,
): Promise<string> {
  const asked = await request.under(actions.read, (reader) => getRequest(reader, request.params.id));
  return reply.page(
    'oversight/preview',
    page.previewPage({ place, request: asked, parts: [], openedBy: 'you' }, errors),
  );
}

/** Of one that is closed already nothing is withdrawn, and nothing is said. */
function withdrawalRoute(app: App, { place, actions }: RequestDatabase): void {
  buttonRoute(app, place.paths.withdraw.route, {
    may: may(actions.change, RequestPath),
    load: async ({ params }) => params.id,
    event: 'request.withdrawn',
    subject: (id) => id,
    change: async (tx, id) => {
      const current = await lockRequest(tx, id);
      if (current.state !== 'open') return refuse('not open');
      return accept(await saveRequest(tx, { ...current, state: 'withdrawn' }));
    },
    refused: () => requestPaths.requests(),
    next: () => requestPaths.requests(),
  });
}
