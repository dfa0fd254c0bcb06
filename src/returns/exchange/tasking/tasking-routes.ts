/** A coordinator downloads the tasking of a week. */

import { openExchangeKey } from '../../../platform/crypto/exchange-key.ts';
import { toFileName } from '../../../platform/exports/csv.ts';
import { conflict } from '../../../platform/http/problem.ts';
import { type App, IdPath, may } from '../../../platform/http/server.ts';
import type { AreaParts } from '../../../platform/http/sites.ts';
import { withQuery } from '../../../platform/rendering/paging.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { getWeek } from '../store.ts';
import { findPersonWords } from './person-words.ts';
import { buildTasking } from './tasking.ts';

export async function taskingRoutes(app: App, { keys, origin, siteSettings }: AreaParts): Promise<void> {
  app.get(exchangePaths.tasking.route, may('exchange.read', IdPath), async (request, reply) => {
    const week = await getWeek(request.look('tasking exported', request.params.id), request.params.id);
    // A week from before these words were refused is signed no more.
    if (findPersonWords(week.tasking ?? ''))
      throw conflict('the tasking points at a person: change the week and remove those words');
    const tasking = buildTasking(week, {
      key: openExchangeKey(keys),
      name: siteSettings.partnership?.name ?? request.actor.agencyName,
      sendTo: withQuery(`${origin}${exchangePaths.receive()}`, { week: week.id }),
      issuedAt: request.now,
    });
    return reply.export({
      fileName: `tasking-${toFileName(week.name)}.json`,
      type: 'application/json',
      content: `${JSON.stringify(tasking, null, 2)}\n`,
    });
  });
}
