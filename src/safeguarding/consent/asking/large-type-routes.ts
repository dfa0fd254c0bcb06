/** The words of a consent as it was kept, in very large type, to show at arm's length. Those of a question are a step of its form. */

import { largeWordsPage } from '../../../nrm/consent-words/index.ts';
import { type App, may } from '../../../platform/http/server.ts';
import type { AreaParts } from '../../../platform/http/sites.ts';
import { withQuery } from '../../../platform/rendering/paging.ts';
import { consentPaths } from '../../../vocabulary/paths/safeguarding/consent.ts';
import * as input from '../forms.ts';
import * as store from '../store.ts';

export function largeTypeRoutes(app: App, { keys }: AreaParts): void {
  app.get(consentPaths.largeType.route, may('consent.read', input.ConsentPath), async (request, reply) => {
    const { id } = request.params;
    const db = request.look('consent.shown', id, { fields: ['wording', 'shownWording', 'language'] });
    const consent = await store.getConsent(db, keys, id);
    const back = withQuery(consentPaths.overview(consent.personId), { view: 'person' });
    return reply.page('nrm/consent-words/large-words', largeWordsPage(consent, back));
  });
}
