/** Routes of a week's maps, and of the boundaries that a coordinator imports for them. */
import { z } from 'zod';
import { registerUploadRoutes } from '../../../platform/files/staff-uploads.ts';
import { answersOf, type FormErrors, RequiredText } from '../../../platform/forms/forms.ts';
import { type App, IdPath, may, type Request, readForm } from '../../../platform/http/server.ts';
import { type AgencyId, newId } from '../../../vocabulary/ids.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { accept } from '../../../vocabulary/result.ts';
import { receiveInMemory } from '../collected-file.ts';
import { readWeek } from '../inbox/reading-week.ts';
import { toDecisions } from '../store.ts';
import { findDistrictMap, replaceDistrictMap } from './district-store.ts';
import { type District, maxGeoJsonBytes, readDistricts } from './districts.ts';
import { districtErrors, districtsPage, weekMapPage } from './map-pages.ts';
import { listCountryLines, listTownLines } from './week-map.ts';

const SourceForm = z.object({ source: RequiredText('Enter who published the boundaries, and the licence', 200) });

export async function mapRoutes(app: App): Promise<void> {
  app.get(exchangePaths.map.route, may('exchange.read', IdPath), async (request, reply) => {
    const { week, rolled, decisions } = await readWeek(request.db, request.params.id, request.now);
    const districts = await findDistrictMap(request.db);
    const towns = listTownLines(rolled.added, toDecisions(decisions), districts?.shapes);
    const page = weekMapPage(week, { towns, countries: listCountryLines(rolled), districts });
    return reply.page('returns/exchange/week-map', page);
  });

  app.get(exchangePaths.districts.route, may('district map.import'), async (request, reply) =>
    reply.form(districtsPage(await findDistrictMap(request.db))),
  );
  await registerUploadRoutes(app, async (here) => {
    here.post(exchangePaths.districts.route, may('district map.import'), async (request, reply) => {
      const kept = await findDistrictMap(request.db);
      const again = (errors: FormErrors) => reply.form(districtsPage(kept), answersOf(request.body), errors);
      const form = readForm(SourceForm, request.body);
      if (!form.ok) return again(form.errors);
      const bytes = await receiveInMemory(request, maxGeoJsonBytes);
      if (!bytes) return again(districtErrors['no file']);
      const read = readDistricts(bytes);
      if (!read.ok) return again(districtErrors[read.refusal]);
      await keepDistricts(request, form.values.source, read.value);
      return reply.redirect(exchangePaths.districts(), 303);
    });
  });
}

async function keepDistricts(request: Request, source: string, shapes: readonly District[]): Promise<void> {
  const { actor, now } = request;
  const id = newId<'district map'>();
  await request.change(
    'district map.imported',
    id,
    async (tx) => {
      const by = { agencyId: actor.agencyId as AgencyId, importedBy: actor.memberId, importedAt: now };
      return accept(await replaceDistrictMap(tx, { id, source, shapes, ...by }));
    },
    { fields: ['source', 'shapes'], owner: actor.agencyId },
  );
}
