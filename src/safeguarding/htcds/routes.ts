/** Exports a person's record as a file. Only for the agency that keeps the record, in the safeguarding database. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { toFileName } from '../../platform/exports/csv.ts';
import { exportPage } from '../../platform/exports/export-reason.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request, readForm } from '../../platform/http/server.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { readNames } from '../case/read-names.ts';
import { agencyOf } from '../notes/pages.ts';
import { PersonPath } from '../people/forms.ts';
import type { Person } from '../people/person.ts';
import { getPerson, keyOfPerson } from '../people/store.ts';
import { givenName } from '../people/unnamed.ts';
import { toHtcds } from './htcds.ts';
import { groundOf, RecordForm, recordExport } from './pages.ts';

/** Other readers of a record must not export it. */
export const mayExport = (request: Request, { agencyId }: Pick<Person, 'agencyId'>): boolean =>
  request.mayTake('person.export') && agencyId === request.actor.agencyId;

export async function htcdsRoutes(app: App, keys: UnitKeys, fields: readonly string[]): Promise<void> {
  const own = (request: Request, id: PersonId): Promise<Person> =>
    request.under('person.read', async (_db, look) => {
      const person = await getPerson(look('person.shown', id, { fields: ['called'] }), keys, id);
      if (person.agencyId !== request.actor.agencyId) throw notFound('person');
      return person;
    });

  app.get(recordPaths.export.route, may('person.export', PersonPath), async (request, reply) =>
    reply.form(exportPage(recordExport(await own(request, request.params.id)))),
  );

  app.post(recordPaths.export.route, may('person.export', PersonPath), async (request, reply) => {
    const person = await own(request, request.params.id);
    const form = readForm(RecordForm, request.body);
    if (!form.ok) return reply.form(exportPage(recordExport(person)), answersOf(request.body), form.errors);
    const details = {
      kind: 'disclosure',
      recipient: request.actor.agencyId,
      reason: groundOf(form.values),
      fields,
    } as const;
    // The read is logged as an export.
    const leaving = await request.under('person.export', (_db, look) =>
      getPerson(look('person.exported', person.id, details), keys, person.id),
    );
    const { agencies } = await readNames(request, []);
    const file = toHtcds(
      { ...leaving, called: givenName(leaving) },
      { owner: agencyOf(agencies, leaving.agencyId), made: request.today },
    );
    return reply.export({
      // No file name contains a person’s name.
      fileName: `${toFileName(`case-${referenceOf('case', person.id)}`)}.json`,
      type: 'application/json',
      content: JSON.stringify(file, null, 2),
      isStillAvailable: () =>
        request.under('person.export', async (db) => (await keyOfPerson(db, keys, person.id)).length > 0),
    });
  });
}
