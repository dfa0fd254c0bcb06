/** Who may ask what of releases on their way: list, draft, read, edit, bind, justify. */
import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { ExportForm, exportPage, formatExportReason } from '../../platform/exports/export-reason.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { Problem } from '../../platform/http/problem.ts';
import {
  type Answers,
  type App,
  type FormErrors,
  may,
  type Reply,
  type Request,
  readForm,
} from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { PageQuery, pageSize, paginate } from '../../platform/rendering/paging.ts';
import { getSignedReturn, listSignedReturns } from '../../returns/index.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { getImportedRelease } from '../imported-releases/store.ts';
import { printedFields, withField } from '../release-check/printed-fields.ts';
import { editPage } from './edit-page.ts';
import { BindForm, DraftForm, EditForm, ImportedReleaseForm, JustifyForm, SourceForm } from './forms.ts';
import { countUnwritten, mostReturns } from './home-items.ts';
import { choosePage, decisionFrom, draftPage, findOpenDecision, justifyPage, newsroomPage } from './pages.ts';
import {
  checkRelease,
  draftFrom,
  draftFromImported,
  editConflictPage,
  exportRelease,
  findLaterReturn,
  findOvertaken,
  readDraftMaterial,
  readEditPageData,
  readReleaseDetails,
  showRelease,
} from './reading.ts';
import { refusalErrors } from './refusals.ts';
import { edit, isOpen, isOvertaken, states } from './release.ts';
import { releaseExport, revisionPage } from './release-page.ts';
import {
  addAct,
  addRelease,
  addReleaseOfImported,
  findReleaseOfImported,
  getRelease,
  getRevision,
  listReleases,
  listReleasesAbout,
  lockRelease,
  type Release,
  saveRelease,
} from './store.ts';
import { findPolicyInForce, type ReleaseFinding, renderTitle } from './text.ts';

const Path = z.object({ id: z.uuid() });
const RevisionPath = Path.extend({ revision: z.coerce.number().int().min(1).max(1_000_000) });
const OptionalText = z
  .string()
  .trim()
  .max(100)
  .transform((text) => text || undefined)
  .optional()
  .catch(undefined);
const Shelf = PageQuery.extend({
  state: z.enum(states).optional().catch(undefined),
  area: OptionalText,
  words: OptionalText,
});
const At = z.object({ at: z.string().max(40).catch(''), revision: z.coerce.number().int().catch(0) });

export async function newsroomRoutes(app: App, parts: AreaParts): Promise<void> {
  app.get('/newsroom', may('release.read', z.unknown(), Shelf), async (request, reply) => {
    const { page, ...shelf } = request.query;
    const found = await listReleases(request.db, shelf, { page, size: pageSize });
    const unwritten = await countUnwritten(request.db);
    const names = await memberNames(
      request.db,
      found.releases.map(({ editedBy }) => editedBy),
    );
    const { now } = request;
    return reply.page('newsroom/releases/newsroom', newsroomPage({ ...found, shelf, page, names, unwritten, now }));
  });

  app.get('/newsroom/returns', may('release.draft', z.unknown(), PageQuery), async (request, reply) => {
    const { page } = request.query;
    const all = await listSignedReturns(request.db, { limit: mostReturns });
    const returns = all.slice((page - 1) * pageSize, page * pageSize);
    const written = await listReleasesAbout(
      request.db,
      returns.map(({ operationId }) => operationId),
    );
    const pages = paginate(page, pageSize, all.length, (number) => `/staff/newsroom/returns?page=${number}`);
    return reply.page('platform/page', choosePage(returns, written, pages));
  });

  app.get('/newsroom/returns/:id/draft', may('release.draft', Path), async (request, reply) =>
    reply.page(
      'newsroom/releases/draft',
      draftPage(await readDraftMaterial(request.db, request.params.id, request.today)),
    ),
  );

  app.post('/newsroom/returns/:id/draft', may('release.draft', Path), async (request, reply) => {
    const drafting = await readDraftMaterial(request.db, request.params.id, request.today);
    const again = (errors: FormErrors) =>
      reply.page('newsroom/releases/draft', draftPage(drafting, request.body as Answers, errors));
    const form = readForm(DraftForm, request.body);
    if (!form.ok) return again(form.errors);
    const drafted = await draftFrom(drafting, decisionFrom(findOpenDecision(drafting), form.values), request);
    await request.change('release drafted', drafted.id, (tx) => saveDraft(tx, drafted, request), {
      kind: 'collection',
    });
    return reply.redirect(`/staff/releases/${drafted.id}`, 303);
  });

  app.post('/newsroom/history/:id', may('release.draft', Path), async (request, reply) => {
    const { id } = request.params;
    const already = await findReleaseOfImported(request.db, id);
    if (already) return reply.redirect(`/staff/releases/${already}`, 303);
    const db = request.look('imported release read', id, { fields: ['title', 'source', 'claims', 'oddities'] });
    const drafted = await draftFromImported(await getImportedRelease(db, id), request);
    const kept = await request.change(
      'release drafted',
      drafted.id,
      async (tx) => {
        if (!(await addReleaseOfImported(tx, drafted))) return refuse('drafted already');
        await addAct(tx, drafted, 'drafted', request.actor, request.now);
        return accept(drafted.id);
      },
      { kind: 'collection' },
    );
    const release = kept.ok
      ? kept.value
      : await request.under('release.read', (reader) => findReleaseOfImported(reader, id));
    return reply.redirect(`/staff/releases/${release}`, 303);
  });

  app.get('/releases/:id', may('release.read', Path), async (request, reply) =>
    reply.page(
      'newsroom/releases/release',
      await showRelease(request.db, { id: request.params.id, origin: parts.origin }, request),
    ),
  );

  app.get('/releases/:id/export', may('release.export', Path), async (request, reply) => {
    const release = await getRelease(request.db, request.params.id);
    return reply.page('platform/form', exportPage(releaseExport(release)));
  });

  app.post('/releases/:id/export', may('release.export', Path), async (request, reply) => {
    const { id } = request.params;
    const release = await getRelease(request.db, id);
    const form = readForm(ExportForm, request.body);
    if (!form.ok) {
      const again = exportPage(releaseExport(release), answersOf(request.body), form.errors);
      return reply.page('platform/form', again);
    }
    const { agencyId: recipient } = request.actor;
    const db = request.look('release exported', id, {
      kind: 'disclosure',
      recipient,
      reason: formatExportReason(form.values),
    });
    const { fileName, bytes } = await exportRelease(db, id, {
      now: request.now,
      today: request.today,
      origin: parts.origin,
    });
    return reply.export({ fileName, type: 'text/markdown', content: bytes });
  });

  app.get('/releases/:id/revisions/:revision', may('release.read', RevisionPath), async (request, reply) => {
    const release = await getRelease(request.db, request.params.id);
    const earlier = await getRevision(request.db, release, request.params.revision);
    const { preview } = await checkRelease(request.db, earlier, request.now);
    const names = await memberNames(request.db, [earlier.editedBy]);
    return reply.page('newsroom/releases/release', revisionPage(release, earlier, preview, names));
  });

  app.get('/releases/:id/edit', may('release.write', Path), async (request, reply) => {
    const editing = await readEditPageData(request.db, request.params.id, request);
    if (!isOpen(editing.release)) return reply.redirect(`/staff/releases/${request.params.id}`, 303);
    return reply.page('newsroom/releases/edit', editPage(editing));
  });

  app.post('/releases/:id/edit', may('release.write', Path), async (request, reply) => {
    const { id } = request.params;
    const editing = await readEditPageData(request.db, request.params.id, request);
    const typed = request.body as Answers;
    const again = (errors: FormErrors) => reply.page('newsroom/releases/edit', editPage(editing, typed, errors));
    const form = readForm(editing.release.cuttingId ? ImportedReleaseForm : EditForm, typed);
    if (!form.ok) return again(form.errors);
    const { base, correction, ...values } = form.values;
    const text = 'text' in values ? values.text : values;
    if (editing.release.correction !== null && !correction) return again({ correction: 'Enter what was wrong' });

    const edited = await changeText(request, id, null, async (release) => {
      const next = edit(release, base);
      if (!next.ok) return next;
      const { embargoUntil, ...words } = text;
      return accept({
        ...next.value,
        ...words,
        correction: release.correction && correction,
        embargoUntil: editing.isOut ? release.embargoUntil : embargoUntil,
      });
    });
    if (edited.ok) return reply.redirect(`/staff/releases/${id}`, 303);
    if (edited.refusal !== 'changed since') return again(refusalErrors[edited.refusal]);
    return reply.page(
      'newsroom/releases/edit',
      await request.under('release.read', (db) => editConflictPage(db, id, request, base)),
    );
  });

  app.post('/releases/:id/link-figure', may('release.write', Path), async (request, reply) => {
    const form = readForm(BindForm, request.body);
    if (!form.ok) throw new Problem('bad request', 'no such words');
    const { typed, sentence, offer } = form.values;
    const bound = await changeText(
      request,
      request.params.id,
      `Bound “${typed}” to ${offer}`,
      async (release, findings) => {
        const found = findings.find(
          (one) => one.typed === typed && one.sentence === sentence && one.offers.includes(offer),
        );
        const source = printedFields(release).find(({ name }) => name === found?.part)?.source;
        if (!found || source === undefined) return refuse('gone from the text');
        const next = edit(release, release.revision);
        if (!next.ok) return next;
        return accept(
          withField(next.value, found.part, source.slice(0, found.start) + offer + source.slice(found.end)),
        );
      },
    );
    return answerChange(request, reply, parts, bound);
  });

  app.get('/releases/:id/justify', may('release.write', Path, At), async (request, reply) => {
    const { release, findings } = await readReleaseDetails(request.db, request.params.id, request);
    const { at, revision } = request.query;
    const finding = findings.find(({ part, start }) => `${part}.${start}` === at);
    if (!finding || revision !== release.revision) return reply.redirect(`/staff/releases/${release.id}`, 303);
    return reply.page('platform/form', justifyPage(release, finding));
  });

  app.post('/releases/:id/justify', may('release.write', Path), async (request, reply) => {
    const { id } = request.params;
    const typed = request.body as Answers;
    const { release, findings } = await readReleaseDetails(request.db, id, request);
    const known = findings.find((one) => isSame(one, { typed: plain(typed.typed), sentence: plain(typed.sentence) }));
    if (!known) return answerChange(request, reply, parts, refuse('gone from the text'));
    const form = readForm(known.must === 'give a source' ? SourceForm : JustifyForm, typed);
    if (!form.ok) return reply.page('platform/form', justifyPage(release, known, typed, form.errors));
    const { values } = form;
    const justification = {
      typed: known.typed,
      sentence: known.sentence,
      reason: values.reason,
      by: request.actor.memberName,
      ...('url' in values && { source: { text: values.source, url: values.url, date: values.date } }),
    };
    const justified = await changeText(request, id, `Justified “${known.typed}”`, async (current, found) => {
      if (!found.some((one) => isSame(one, known))) return refuse('gone from the text');
      const next = edit(current, current.revision);
      if (!next.ok) return next;
      const others = current.justifications.filter((one) => !isSame(one, known));
      return accept({ ...next.value, justifications: [...others, justification] });
    });
    return answerChange(request, reply, parts, justified);
  });

  app.post('/releases/:id/renew', may('release.write', Path), async (request, reply) => {
    const renewed = await changeText(
      request,
      request.params.id,
      'Took over the latest signed figures and the policy in force',
      async (release, _, tx) => {
        const next = edit(release, release.revision);
        if (!next.ok) return next;
        if (!isOvertaken(await findOvertaken(tx, release, request.today))) return refuse('nothing new');
        const later = await findLaterReturn(tx, release);
        const policy = await findPolicyInForce(request.today);
        const signed = later && (await getSignedReturn(tx, later.id));
        return accept({
          ...next.value,
          ...(policy && { policy: policy.name, approval: policy.approval }),
          ...(signed && { returnId: signed.id, returnDigest: signed.digest }),
        });
      },
    );
    return answerChange(request, reply, parts, renewed);
  });
}

const plain = (value: unknown): string => String(value ?? '').replace(/\r\n?/g, '\n');
type TypedWords = { readonly typed: string; readonly sentence: string };
const isSame = (one: TypedWords, other: TypedWords): boolean =>
  one.typed === other.typed && one.sentence === other.sentence;

/** One change of the text under lock: reads current data, decides, keeps both versions and records who did it. */
async function changeText<Refusal extends string>(
  request: Request,
  id: string,
  note: string | null,
  decide: (
    release: Release,
    findings: readonly ReleaseFinding[],
    tx: Writer<AnyTables>,
  ) => Promise<Result<Release, Refusal>>,
): Promise<Result<Release, Refusal>> {
  return request.change('release edited', id, async (tx) => {
    const release = await lockRelease(tx, id);
    const { findings } = await checkRelease(tx, release, request.now);
    const decided = await decide(release, findings, tx);
    if (!decided.ok) return decided;
    const { signed, told: publishable } = await checkRelease(tx, decided.value, request.now);
    const written: Release = {
      ...decided.value,
      shownTitle: publishable && signed ? await renderTitle(decided.value.title, publishable) : decided.value.title,
      editedBy: request.actor.memberId,
      editedAt: request.now,
    };
    await saveRelease(tx, written);
    await addAct(tx, written, 'edited', request.actor, request.now, note);
    return accept(written);
  });
}

type RefusalKey = keyof typeof refusalErrors;

/** To the release as it is now; with what was refused above it, where it was. */
export async function answerChange(
  request: Request,
  reply: Reply,
  parts: AreaParts,
  result: Result<unknown, RefusalKey>,
) {
  const { id } = request.params as { id: string };
  if (result.ok) return reply.redirect(`/staff/releases/${id}`, 303);
  const model = await request.under('release.read', (db) =>
    showRelease(db, { id, origin: parts.origin }, request, refusalErrors[result.refusal]),
  );
  return reply.page('newsroom/releases/release', model);
}

async function saveDraft(tx: Writer<AnyTables>, release: Release, { actor, now }: Pick<Request, 'actor' | 'now'>) {
  await addRelease(tx, release);
  await addAct(tx, release, 'drafted', actor, now);
  return accept(release.id);
}
