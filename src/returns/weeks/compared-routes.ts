/** Routes of weeks compared: side by side, one figure as a chart, and the export of what is compared. */
import { z } from 'zod';
import {
  askTableShape,
  type ExportPageOptions,
  exportPage,
  formatExportReason,
  TableExportForm,
} from '../../platform/exports/export-reason.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request, readForm } from '../../platform/http/server.ts';
import { countWord, plural } from '../../vocabulary/languages/english.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import { forThePublic, linksToReleases, reasonsForAFile, refuseForPublic } from '../for-the-public.ts';
import {
  listChoices,
  mostAtFirst,
  mostCompared,
  queryOf,
  readChosenWeeks,
  WeeksQuery,
  withWeeks,
} from './chosen-weeks.ts';
import { makeComparison } from './compared-files.ts';
import { comparedPage } from './compared-pages.ts';
import { findMeasure } from './measures.ts';
import { trendPage } from './trend-page.ts';

const marking = 'OFFICIAL-SENSITIVE: OPERATIONAL';
const sideBySide = ({ now }: Pick<Request, 'now'>) => ({ most: mostCompared, first: mostAtFirst, now });
/** More than a table has columns: a trend reads further back. */
const mostInTrend = 24;

const MeasurePath = z.object({ measure: z.string().max(80) });

const exportOptions = (query: WeeksQuery, many: number, request: Pick<Request, 'can'>): ExportPageOptions => ({
  ...linksToReleases(request),
  marking,
  title: 'Export this comparison',
  caption: 'Weeks compared',
  action: withWeeks(returnPaths.weeksExport(), query),
  reasons: reasonsForAFile,
  back: { href: withWeeks(returnPaths.weeks(), query), text: 'Weeks compared' },
  lead: [
    `The file contains the figures of ${countWord(many)} ${plural(many, 'week')}, with gaps and qualifiers. It contains no records.`,
    forThePublic,
  ],
  fields: (ask) => [askTableShape(ask)],
});

export function comparedRoutes(app: App): void {
  app.get(returnPaths.weeks.route, may('return.read', z.unknown(), WeeksQuery), async (request, reply) => {
    const chosen = await readChosenWeeks(request.db, request.query, sideBySide(request));
    const choices = await listChoices(request.db, chosen.weeks);
    return reply.page(
      'returns/weeks/compared',
      comparedPage(chosen, choices, {
        export: request.can('return.export'),
        readPublished: request.can('published week.read'),
      }),
    );
  });

  app.get(returnPaths.trend.route, may('return.read', MeasurePath, WeeksQuery), async (request, reply) => {
    const measure = findMeasure(request.params.measure);
    if (!measure) throw notFound('figure');
    const { weeks } = await readChosenWeeks(request.db, request.query, {
      most: mostInTrend,
      first: mostInTrend,
      now: request.now,
    });
    return reply.page('returns/weeks/trend', trendPage(measure, weeks));
  });

  exportRoutes(app);
}

function exportRoutes(app: App): void {
  const exporting = may('return.export', z.unknown(), WeeksQuery);

  app.get(returnPaths.weeksExport.route, exporting, async (request, reply) => {
    const { weeks } = await readChosenWeeks(request.db, request.query, sideBySide(request));
    if (weeks.length === 0) throw notFound('week');
    return reply.form(exportPage(exportOptions(queryOf(weeks), weeks.length, request)));
  });

  app.post(returnPaths.weeksExport.route, exporting, async (request, reply) => {
    const { weeks } = await readChosenWeeks(request.db, request.query, sideBySide(request));
    if (weeks.length === 0) throw notFound('week');
    const form = readForm(TableExportForm, request.body);
    const errors = form.ok ? refuseForPublic(form.values.why) : form.errors;
    if (!form.ok || errors) {
      const page = exportPage(exportOptions(queryOf(weeks), weeks.length, request));
      return reply.form(page, answersOf(request.body), errors);
    }
    request.look('returns compared and exported', null, {
      kind: 'disclosure',
      recipient: request.actor.agencyId,
      reason: formatExportReason(form.values),
      returned: weeks.map(({ id }) => id),
    });
    const { shape } = form.values;
    return reply.export({
      fileName: `weeks-compared-${request.today}.${shape}`,
      ...(await makeComparison(shape, weeks, { marking, day: request.today })),
    });
  });
}
