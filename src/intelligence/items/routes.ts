/** Who may ask what of intelligence: triage of the agency that recorded it. */
import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { formatExportReason } from '../../platform/exports/export-reason.ts';
import { answersAfterConflict } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type Answers, answersOf, type FormErrors } from '../../platform/forms/forms.ts';
import { type App, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { formatPrinter } from '../../platform/paper/staff-paper.ts';
import { makeStaffPdf } from '../../platform/paper/staff-paper-pdf.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { findReportState, type ReportId, saveAcceptance } from '../../reports/index.ts';
import { addMonths } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { namedSections } from '../entities/pages.ts';
import { listEntitiesOfItem } from '../entities/store.ts';
import { removeEntitiesOfItem } from '../links/linking.ts';
import { countWaitingOf } from '../links/links-store.ts';
import { readAgencyNames } from '../sharing/agency-names.ts';
import { sharesSection } from '../sharing/pages.ts';
import { listSharesOf } from '../sharing/store.ts';
import * as forms from './form-pages.ts';
import {
  CorrectionForm,
  DisposalForm,
  ItemExportForm,
  ItemPath,
  OwnItemForm,
  ReportItemForm,
  ReportPath,
  ReviewForm,
  type SaidOfItem,
  SystemReferenceForm,
} from './forms.ts';
import { firstReviewOn, type ItemId, mayDispose } from './item.ts';
import { itemJson, itemPaper } from './item-document.ts';
import {
  findReport,
  listUnexplained,
  noSource,
  readSource,
  readSourceIfAny,
  type SourceAtHand,
} from './known-source.ts';
import * as page from './pages.ts';
import * as store from './store.ts';

const itemFields = ['text', 'conditions', 'sourceEvaluation', 'assessment', 'handling', 'happenedFrom', 'happenedTo'];
/** What is offered as the next review: the same time again would be long for most. */
const yearsOffered = 2;
const mostYears = 10;

export async function itemRoutes(app: App, { keys }: AreaParts): Promise<void> {
  listRoutes(app, keys);
  recordRoutes(app, keys);
  itemPageRoutes(app, keys);
  correctionRoutes(app, keys);
  systemReferenceRoutes(app, keys);
  reviewRoutes(app, keys);
  disposalRoutes(app, keys);
  exportRoutes(app, keys);
}

const ListQuery = PageQuery.extend({ due: z.literal('yes').optional().catch(undefined) });

function listRoutes(app: App, keys: UnitKeys): void {
  app.get(intelligencePaths.list.route, may('intelligence item.read', undefined, ListQuery), async (request, reply) => {
    const { page: number, due } = request.query;
    const db = request.look('intelligence.listed', null, { fields: itemFields });
    const wanted = { page: number, size: pageSize, ...(due && { dueOn: request.today }) };
    const { items, total } = await store.listItems(db, keys, wanted);
    request.returned(items.map(({ id }) => id));
    const pages = paginate(number, pageSize, total, (to) =>
      withQuery(intelligencePaths.list(), { ...(due && { due }), page: to }),
    );
    return reply.list(page.itemListPage(items, pages, request.today, due === 'yes'));
  });
}

const toGraded = ({ from, to, sourceEvaluation, assessment, handling, text, conditions }: SaidOfItem) => ({
  ...{ sourceEvaluation, assessment, handling, text },
  // What was typed before P was selected is no condition.
  conditions: handling === 'C' ? conditions : null,
  happenedFrom: from,
  happenedTo: to ?? from,
});

const toNewItem = (id: ItemId, said: SaidOfItem, { actor, now, today }: Request): store.OpenItem => ({
  id,
  agencyId: actor.agencyId as AgencyId,
  ...toGraded(said),
  systemReference: null,
  reviewOn: firstReviewOn(today),
  recordedBy: actor.memberId as MemberId,
  recordedAt: now,
});

const collected = (_: unknown, { checked }: SaidOfItem) => ({
  kind: 'collection' as const,
  fields: itemFields,
  ...(checked && { reason: `the words found do not lead to the source: ${checked}` }),
});

/** Nothing can have happened after today. */
const laterThan = (today: string, { from, to }: SaidOfItem) =>
  (to ?? from) > today ? { [to === null ? 'from' : 'to']: 'Enter a day that is not in the future' } : undefined;

/** Said together with whatever else is wrong. */
function listSourceErrors(source: SourceAtHand, typed: Answers): readonly FormErrors[] {
  if (source.notCompared) return [forms.notComparedErrors[source.notCompared]];
  const traces = listUnexplained(source, typed);
  return traces.length > 0 ? [forms.createTraceErrors(traces)] : [];
}

/** What the form shows again: every trace, whatever reason was given. */
const listTraces = (source: SourceAtHand, typed: Answers | undefined) =>
  typed ? listUnexplained(source, { ...typed, checked: '' }) : [];

function recordRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, intelligencePaths.newItem.route, {
    may: may('intelligence item.record'),
    load: async () => ({ id: newId<'intelligence item'>() }),
    form: OwnItemForm,
    contradictions: (typed) => listSourceErrors(noSource, typed),
    check: (_, values, { today }) => laterThan(today, values),
    page: (_, typed) => forms.ownItemPage(listTraces(noSource, typed)),
    saves: 'Intelligence',
    event: 'intelligence.recorded',
    subject: ({ id }) => id,
    details: collected,
    change: async (tx, { id }, values, request) => {
      await store.addItem(tx, keys, toNewItem(id, values, request), {
        reportId: null,
        originalReference: values.originalReference,
      });
      return accept(true);
    },
    refusals: {},
    next: (_, { id }) => intelligencePaths.item(id),
  });

  formRoute(app, intelligencePaths.fromReport.route, {
    may: may('intelligence item.record', ReportPath),
    load: async (request) => {
      const { id: reportId } = request.params;
      const source = await readSource(request, keys, reportId);
      const earlier = await request.under('intelligence item.read', (_db, look) =>
        store.listItemsOfReport(look('intelligence.of report listed', reportId, { fields: ['reportId'] }), reportId),
      );
      return { id: newId<'intelligence item'>(), reportId, source, earlier };
    },
    form: ReportItemForm,
    contradictions: (typed, { source }) => listSourceErrors(source, typed),
    check: (_, values, { today }) => laterThan(today, values),
    page: ({ reportId, source, earlier }, typed) => {
      const { first = {}, withdrawn = false } = source.words ?? {};
      const report = {
        ...{ id: reportId, withdrawn, knows: first.knows },
        words: [first.what, first.place, first.postcode, first.when, first.people, first.vehicles]
          .filter((one) => one)
          .join('\n'),
        earlier: earlier.map(({ id }) => referenceOf('intelligence item', id)),
      };
      return forms.reportItemPage(report, listTraces(source, typed));
    },
    saves: 'Intelligence',
    event: 'intelligence.recorded',
    subject: ({ id }) => id,
    details: collected,
    change: async (tx, { id, reportId }, values, request) => {
      const state = await findReportState(tx, reportId as ReportId);
      if (state === undefined || state === 'withdrawn') return refuse('taken back');
      await store.addItem(tx, keys, toNewItem(id, values, request), { reportId, originalReference: null });
      await markAccepted(tx, reportId as ReportId, request);
      return accept(true);
    },
    refusals: { 'taken back': forms.itemErrors['taken back'] },
    next: (_, { id }) => intelligencePaths.item(id),
  });
}

/** The queue of reports says that intelligence was recorded from it. */
const markAccepted = (tx: Parameters<typeof saveAcceptance>[0], reportId: ReportId, { actor, now }: Request) =>
  saveAcceptance(tx, {
    ...{ id: reportId, agencyId: actor.agencyId as AgencyId },
    ...{ acceptedBy: actor.memberId as MemberId, acceptedAt: now },
  });

async function readItem(request: Request, keys: UnitKeys, id: ItemId) {
  const db = request.look('intelligence.shown', id, { fields: itemFields });
  return { db, item: await store.getItem(db, keys, id) };
}

function itemPageRoutes(app: App, keys: UnitKeys): void {
  app.get(intelligencePaths.item.route, may('intelligence item.read', ItemPath), async (request, reply) => {
    const { db, item } = await readItem(request, keys, request.params.id);
    const source = await store.getItemSource(db, item.id);
    const versions = (await listEarlierVersions(db, 'intelligence_items', item.id)).map((version) => ({
      ...version,
      record: { ...version.record, ...store.openEarlierContent(keys, item.id, version.record) },
      became: { ...version.became, ...store.openEarlierContent(keys, item.id, version.became) },
    }));
    const names = await memberNames(db, [item.recordedBy, ...versions.map(({ replacedBy }) => replacedBy)]);
    const report = source.reportId === null ? undefined : await findReport(request, source.reportId);
    const corrects = request.can('intelligence item.correct');
    const named = await loadNamedSections(request, keys, item.id);
    const shares = await listSharesOf(db, item.id);
    request.returned(shares.map(({ id }) => id));
    const recalls = request.can('intelligence share.recall');
    return reply.case(
      page.itemPage({
        ...{ item, source, report, names, versions, corrects, today: request.today, named },
        shares: sharesSection(shares, await readAgencyNames(request.db), recalls),
        isShareable: request.can('intelligence share.make'),
      }),
    );
  });
}

async function loadNamedSections(request: Request, keys: UnitKeys, itemId: ItemId) {
  const db = request.look('intelligence entity.listed', itemId, { fields: ['kind', 'content'] });
  const entities = await listEntitiesOfItem(db, keys, itemId);
  request.returned(entities.map(({ id }) => id));
  const waiting = await countWaitingOf(
    db,
    entities.map(({ id }) => id),
  );
  return namedSections(itemId, entities, waiting, request.can('intelligence entity.add'));
}

function correctionRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, intelligencePaths.correction.route, {
    may: may('intelligence item.correct', ItemPath),
    load: async (request) => {
      const { db, item } = await readItem(request, keys, request.params.id);
      const { reportId } = await store.getItemSource(db, item.id);
      const base = await getVersion(db, 'intelligence_items', item.id);
      return { item, base, source: await readSourceIfAny(request, keys, reportId) };
    },
    form: CorrectionForm,
    contradictions: (typed, { source }) => listSourceErrors(source, typed),
    check: (_, values, { today }) => laterThan(today, values),
    page: ({ item, base, source }, typed) => forms.correctionPage(item, base, listTraces(source, typed)),
    retype: (body, { base }, errors) => answersAfterConflict(body, base, errors),
    saves: 'Intelligence',
    event: 'intelligence.corrected',
    subject: ({ item }) => item.id,
    details: (_, { why, checked }) => ({
      reason: checked ? `${why}. The words found do not lead to the source: ${checked}` : why,
      fields: itemFields,
    }),
    change: async (tx, { item }, { base, ...said }) => {
      if (!(await store.lockItem(tx, item.id))) return refuse('gone');
      if ((await getVersion(tx, 'intelligence_items', item.id)) !== base) return refuse('changed meanwhile');
      await store.saveCorrection(tx, keys, { id: item.id, agencyId: item.agencyId, ...toGraded(said) });
      return accept(true);
    },
    refusals: { 'changed meanwhile': forms.itemErrors['changed meanwhile'], gone: forms.itemErrors.gone },
    next: (_, { item }) => intelligencePaths.item(item.id),
  });
}

function systemReferenceRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, intelligencePaths.systemReference.route, {
    may: may('intelligence item.correct', ItemPath),
    load: async (request) => (await readItem(request, keys, request.params.id)).item,
    form: SystemReferenceForm,
    page: forms.systemReferencePage,
    saves: 'Intelligence',
    event: 'intelligence.system reference entered',
    subject: ({ id }) => id,
    details: () => ({ fields: ['systemReference'] }),
    change: async (tx, { id }, { reference }) => {
      if (!(await store.lockItem(tx, id))) return refuse('gone');
      return accept(await store.saveSystemReference(tx, id, reference));
    },
    refusals: { gone: forms.itemErrors.gone },
    next: (_, { id }) => intelligencePaths.item(id),
  });
}

function reviewRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, intelligencePaths.review.route, {
    may: may('intelligence item.correct', ItemPath),
    load: async (request) => ({
      ...(await readItem(request, keys, request.params.id)),
      today: request.today,
    }),
    form: ReviewForm,
    page: ({ item, today }) => forms.reviewPage(item, addMonths(today, yearsOffered * 12)),
    saves: 'Intelligence',
    event: 'intelligence.reviewed',
    subject: ({ item }) => item.id,
    details: (_, { why }) => ({ reason: why, fields: ['reviewOn'] }),
    change: async (tx, { item: { id }, today }, { until }) => {
      if (until <= today || until > addMonths(today, mostYears * 12)) return refuse('not later');
      if (!(await store.lockItem(tx, id))) return refuse('gone');
      return accept(await store.saveReview(tx, id, until));
    },
    refusals: { ...forms.reviewErrors, gone: forms.itemErrors.gone },
    next: (_, { item }) => intelligencePaths.item(item.id),
  });
}

function disposalRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, intelligencePaths.disposal.route, {
    may: may('intelligence item.correct', ItemPath),
    load: async (request) => (await readItem(request, keys, request.params.id)).item,
    form: DisposalForm,
    page: forms.disposalPage,
    saves: 'Intelligence disposed of',
    event: 'intelligence.disposed',
    subject: ({ id }) => id,
    details: ({ agencyId }, { reason }) => ({ kind: 'erasure', reason, owner: agencyId, fields: itemFields }),
    change: async (tx, { id }, { reason }, { today, actor }) => {
      const item = await store.lockItem(tx, id);
      if (!item) return refuse('gone');
      if (!mayDispose(item, reason, today)) return refuse('not due');
      await removeEntitiesOfItem(tx, keys, id, actor.agencyId as AgencyId);
      return accept(await store.disposeItem(tx, id));
    },
    refusals: forms.disposalErrors,
    next: () => intelligencePaths.list(),
  });
}

function exportRoutes(app: App, keys: UnitKeys): void {
  app.get(intelligencePaths.export.route, may('intelligence item.export', ItemPath), async (request, reply) => {
    const { item } = await readItem(request, keys, request.params.id);
    return reply.form(forms.itemExportPage(item));
  });
  app.post(intelligencePaths.export.route, may('intelligence item.export', ItemPath), async (request, reply) => {
    const { db, item } = await readItem(request, keys, request.params.id);
    const form = readForm(ItemExportForm, request.body);
    if (!form.ok) return reply.form(forms.itemExportPage(item), answersOf(request.body), form.errors);
    const { shape } = form.values;
    const version = await getVersion(db, 'intelligence_items', item.id);
    request.look('intelligence.exported', item.id, {
      kind: 'disclosure',
      recipient: request.actor.agencyId,
      reason: formatExportReason(form.values),
      fields: itemFields,
    });
    const { agencyName } = request.actor;
    const stamp = { version, made: formatMoment(request.now), printedBy: formatPrinter(request.actor) };
    return reply.export({
      fileName: `intelligence-${referenceOf('intelligence item', item.id)}.${shape}`,
      type: shape === 'pdf' ? 'application/pdf' : 'application/json',
      content: shape === 'pdf' ? await makeStaffPdf(itemPaper(item, agencyName), stamp) : itemJson(item, agencyName),
    });
  });
}
