/** Who may ask for the text of an application for a warrant: planners and commanders of the operation. */
import { notFound } from '../../platform/http/problem.ts';
import type { App, Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { premisesPaths, warrantApplicationPaths } from '../../vocabulary/paths/operations.ts';
import { paperRoutes } from '../papers/routes.ts';
import { createVisitRecordsReader } from '../plan/plan-reader.ts';
import { getPower, listPlans } from '../plan/store.ts';
import { listUses } from '../plan/visit-outcome.ts';
import { getOperation } from '../weeks/store.ts';
import { findPower } from './load.ts';
import { warrantApplication } from './warrant-application.ts';

type ReadVisits = ReturnType<typeof createVisitRecordsReader>;

async function readApplication(request: Request, id: string, readVisits: ReadVisits) {
  const db = request.look('plan paper.shown', id, { fields: ['premises', 'powers', 'visits'] });
  const power = await getPower(db, id);
  const rule = findPower(power.basis, power.decidedOn ?? request.today);
  const [plan] = await listPlans(db, [await getOperation(db, power.operationId)]);
  const premises = plan?.premises.find((place) => place.id === power.premisesId);
  if (!plan || !premises || rule?.kind !== 'warrant') throw notFound('warrant');
  const paper = warrantApplication({
    operation: plan.operation,
    ...{ premises, power, rule },
    holder: plan.partners.find((partner) => partner.id === power.holderId)?.printedName,
    accompanying: plan.partners
      .filter(({ id: partner }) => power.accompanying.includes(partner))
      .filter(({ kind }) => kind !== 'immigration' || premises.immigrationEntry !== 'not present')
      .map(({ printedName }) => printedName),
    visits: plan.visits.filter(({ powerId }) => powerId === power.id),
    used: listUses(power, await readVisits(request, power.operationId)).length > 0,
  });
  return {
    paper,
    operationId: power.operationId,
    visitId: null,
    back: { href: `${premisesPaths.premises(premises.id)}#powers`, text: premises.name },
  };
}

export async function warrantApplicationRoutes(app: App, parts: AreaParts): Promise<void> {
  const readVisits = createVisitRecordsReader(parts);
  paperRoutes(app, parts, {
    kind: 'warrant application',
    of: 'plan paper',
    path: warrantApplicationPaths.application,
    pdf: warrantApplicationPaths.applicationPdf,
    read: (request, id) => readApplication(request, id, readVisits),
  });
}
