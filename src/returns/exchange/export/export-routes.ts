/** Routes that hand out a coordinator's rolled-up week as a file, after asking for the reason. */
import { toFileName } from '../../../platform/exports/csv.ts';
import {
  askTableShape,
  type ExportPageOptions,
  exportPage,
  formatExportReason,
  reasonsThatLeave,
  TableExportForm,
} from '../../../platform/exports/export-reason.ts';
import { answersOf } from '../../../platform/forms/forms.ts';
import { type App, IdPath, may, readForm } from '../../../platform/http/server.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { forThePublic, refuseForPublic } from '../../for-the-public.ts';
import { readWeek } from '../inbox/reading-week.ts';
import { findDistrictMap } from '../map/district-store.ts';
import { listTownLines } from '../map/week-map.ts';
import { getWeek, type NamedWeek, toDecisions } from '../store.ts';
import { describeScope } from '../weeks/totals-pages.ts';
import { makeWeekFile } from './week-file.ts';
import { leftOutOfFilesThatLeave, listWeekTables } from './week-tables.ts';

const marking = 'OFFICIAL-SENSITIVE: OPERATIONAL';

const exportOptions = ({ id, name }: NamedWeek): ExportPageOptions => ({
  marking,
  title: 'Export the week',
  caption: name,
  action: exchangePaths.export(id),
  back: { href: exchangePaths.totals(id), text: 'Totals of the week' },
  lead: [
    'The file has totals, breakdowns, reporters and joint visits, with the words of the pages. It contains no records.',
    'Where few visits were made, a town or a joint visit can point to one premises. A file for a partner or a coordinator leaves out towns, homes and the list of joint visits.',
    forThePublic,
  ],
  fields: (ask) => [askTableShape(ask)],
});

export function weekExportRoutes(app: App): void {
  app.get(exchangePaths.export.route, may('received return.export', IdPath), async (request, reply) =>
    reply.form(exportPage(exportOptions(await getWeek(request.db, request.params.id)))),
  );

  app.post(exchangePaths.export.route, may('received return.export', IdPath), async (request, reply) => {
    const week = await getWeek(request.db, request.params.id);
    const form = readForm(TableExportForm, request.body);
    if (!form.ok) return reply.form(exportPage(exportOptions(week)), answersOf(request.body), form.errors);
    const { shape, why } = form.values;
    const errors = refuseForPublic(why);
    if (errors) return reply.form(exportPage(exportOptions(week)), answersOf(request.body), errors);
    const read = await readWeek(request.db, week.id, request.now);
    const districts = await findDistrictMap(request.db);
    const answers = toDecisions(read.decisions);
    const towns = listTownLines(read.rolled.added, answers, districts?.shapes);
    request.look('week of returns exported', week.id, {
      kind: 'disclosure',
      recipient: request.actor.agencyId,
      reason: formatExportReason(form.values),
    });
    const leaves = reasonsThatLeave.includes(why);
    return reply.export({
      fileName: `week-of-returns-${toFileName(week.name)}-${request.today}.${shape}`,
      ...(await makeWeekFile(shape, {
        ...{ week, marking, madeAt: request.now, coordinatedBy: request.actor.agencyName },
        tables: listWeekTables({ ...read, answers, towns, hasDistricts: districts !== undefined }, leaves),
        scope: describeScope(read),
        leftOut: leaves ? leftOutOfFilesThatLeave : [],
      })),
    });
  });
}
