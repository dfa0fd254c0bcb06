/** Routes of a case: overview, history, referrals of the person and NRM referrals of the person. Read, answer. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type App, may } from '../../platform/http/server.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { PersonPath } from '../people/forms.ts';
import { listPersonIds } from '../people/known-facts.ts';
import { type RecordSectionSource, readRecordSections } from '../people/record-sections.ts';
import { bannerFields } from './frame.ts';
import { caseNrmPage, caseReferralsPage, historyPage, overviewPage } from './pages.ts';
import { readCase, readPersonWithReferrals } from './read-case.ts';
import { readCaseFrame, readCasePerson } from './read-frame.ts';

export async function caseRoutes(app: App, keys: UnitKeys, sources: readonly RecordSectionSource[]): Promise<void> {
  app.get(recordPaths.record.route, may('person.read', PersonPath), async (request, reply) =>
    reply.case(overviewPage(await readCase(request, keys, request.params.id, sources))),
  );
  app.get(peoplePaths.history.route, may('person.read', PersonPath), async (request, reply) =>
    reply.sections(historyPage(await readCase(request, keys, request.params.id, sources))),
  );
  app.get(referralPaths.listOfPerson.route, may('referral.read', PersonPath), async (request, reply) => {
    const { person, referrals } = await readPersonWithReferrals(request, keys, request.params.id, bannerFields);
    const { frame, agencies } = await readCaseFrame(request, person, 'referrals');
    const refers = request.can('referral.make');
    return reply.sections(
      caseReferralsPage({ frame, person, referrals, agencies, refers, now: floorToHour(request.now) }),
    );
  });
  app.get(nrmPaths.listOfPerson.route, may('nrm referral.read', PersonPath), async (request, reply) => {
    const person = await readCasePerson(request, keys, request.params.id);
    const ofNrm = sources.filter(({ action }) => action === 'nrm referral.read');
    const { nrm } = await readRecordSections(ofNrm, request, keys, person.id, listPersonIds(person));
    const { frame } = await readCaseFrame(request, person, 'nrm');
    return reply.sections(
      caseNrmPage({ frame, person, nrm, raises: request.can('nrm referral.raise'), today: request.today }),
    );
  });
}
