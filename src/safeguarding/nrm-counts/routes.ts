/** Counts of concerns: readers of concerns see the counts of those that their own agency raised. Read, answer. */

import { getAgency } from '../../identity/agencies/index.ts';
import { instantAt } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { formatExportReason } from '../../platform/exports/export-reason.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { CountExportForm, YearQuery } from '../nrm-drafts/forms.ts';
import { listNrmReferralsBy, mostCounted } from '../nrm-drafts/store.ts';
import { listPeople } from '../people/store.ts';
import { countPeople } from './nrm-counts.ts';
import { type Count, countCsv, countJson, countPage, exportCountPage } from './pages.ts';

const countedFields = ['answers', 'submission', 'decisions'];
/** Nothing was recorded here before. */
const firstYear = 2025;

const yearsTo = (today: string): string[] =>
  Array.from({ length: Number(today.slice(0, 4)) - firstYear + 1 }, (_, nth) => String(firstYear + nth));

async function countOf(request: Request, keys: UnitKeys, year: string): Promise<Count> {
  const span = { from: instantAt(`${year}-01-01`, '00:00'), to: instantAt(`${Number(year) + 1}-01-01`, '00:00') };
  const db = request.look('nrm referrals.counted', null, { fields: countedFields });
  const concerns = await listNrmReferralsBy(db, keys, request.actor.agencyId, span);
  request.returned(concerns.map(({ id }) => id));
  const ids = [...new Set(concerns.map(({ personId }) => personId))] as PersonId[];
  const seen = request.look('people.listed', null, { fields: ['age'] });
  const people = ids.length > 0 ? await listPeople(seen, keys, ids) : new Map();
  request.returned(ids);
  const treatedAs = new Map(
    [...people].map(([id, person]) => [id as string, determineAgeTreatment(person, request.today)]),
  );
  const { name } = await request.under('agency.read', (reader) => getAgency(reader, request.actor.agencyId));
  const cells = countPeople(concerns, treatedAs);
  return { year, agencyName: name, cells, more: concerns.length === mostCounted };
}

export async function nrmCountRoutes(app: App, { keys }: AreaParts): Promise<void> {
  const asked = (years: readonly string[], year: string | undefined): string =>
    years.find((one) => one === year) ?? years.at(-1) ?? String(firstYear);

  app.get(nrmPaths.counts.route, may('nrm referral.read', undefined, YearQuery), async (request, reply) => {
    const years = yearsTo(request.today);
    const count = await countOf(request, keys, asked(years, request.query.year));
    return reply.sections(countPage(count, years));
  });

  app.get(nrmPaths.countsExport.route, may('nrm referral.export', undefined, YearQuery), async (request, reply) => {
    const years = yearsTo(request.today);
    return reply.form(exportCountPage(asked(years, request.query.year), years));
  });
  app.post(nrmPaths.countsExport.route, may('nrm referral.export'), async (request, reply) => {
    const years = yearsTo(request.today);
    const form = readForm(CountExportForm, request.body);
    if (!form.ok)
      return reply.form(exportCountPage(asked(years, undefined), years), answersOf(request.body), form.errors);
    const { shape } = form.values;
    const year = asked(years, form.values.year);
    const count = await countOf(request, keys, year);
    const taken = { reason: formatExportReason(form.values), fields: ['counts'] } as const;
    await request.under('nrm referral.export', async (_db, look) => look('nrm referral counts exported', null, taken));
    return reply.export({
      fileName: `concerns-${year}.${shape}`,
      type: shape === 'csv' ? 'text/csv' : 'application/json',
      content: shape === 'csv' ? countCsv(count) : countJson(count),
    });
  });
}
