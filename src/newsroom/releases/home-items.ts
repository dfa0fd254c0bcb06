/** Tasks about releases for the home page of press officers and partners. */
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { countedTask, type HomeStage, listDue } from '../../platform/http/home.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { listSignedReturns } from '../../returns/index.ts';
import { newsroomPaths } from '../../vocabulary/paths/newsroom.ts';
import { countWaiting, listReleasesAbout } from './store.ts';

/** More than any partnership signs while somebody may still write about it. */
export const mostReturns = 1_000;

export async function countUnwritten(db: Reader<AnyTables>): Promise<number> {
  const operations = (await listSignedReturns(db, { limit: mostReturns })).map(({ operationId }) => operationId);
  const written = await listReleasesAbout(db, operations);
  return new Set(operations.filter((id) => !written.has(id))).size;
}

/** Releases on the home page: signed returns to write about, releases to approve, releases to publish. */
export const newsroomHomeItems: HomeStage = {
  stage: 'newsroom',
  action: 'release.read',
  says: () => 'releases to draft, approve and publish',
  waiting: async (db, { actor }) => {
    const unwritten = await countUnwritten(db);
    const { toApprove, toPublish } = await countWaiting(db, actor);
    return listDue([
      {
        what: countedTask(unwritten, 'Draft a release for a signed return', 'Draft releases for # signed returns'),
        status: 'not started',
        href: newsroomPaths.returns(),
        count: unwritten,
      },
      {
        what: countedTask(toApprove, 'Approve a release', 'Approve # releases'),
        status: 'to do',
        href: withQuery(newsroomPaths.list(), { state: 'submitted' }),
        count: toApprove,
      },
      {
        what: countedTask(toPublish, 'Publish an approved release', 'Publish # approved releases'),
        status: 'to do',
        href: withQuery(newsroomPaths.list(), { state: 'approved' }),
        count: toPublish,
      },
    ]);
  },
};
