/** Tasks about releases for the home page of press officers and partners. */
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import type { HomeItem, HomeStage } from '../../platform/http/home.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { listSignedReturns } from '../../returns/index.ts';
import { countWord, plural } from '../../vocabulary/languages/english.ts';
import { newsroomPaths } from '../../vocabulary/paths/newsroom.ts';
import { countWaiting, listReleasesAbout } from './store.ts';

/** More than any partnership signs while somebody may still write about it. */
export const mostReturns = 1_000;

export async function countUnwritten(db: Reader<AnyTables>): Promise<number> {
  const operations = (await listSignedReturns(db, { limit: mostReturns })).map(({ operationId }) => operationId);
  const written = await listReleasesAbout(db, operations);
  return new Set(operations.filter((id) => !written.has(id))).size;
}

/** The newsroom on the first page. */
export const newsroomHomeItems: HomeStage = {
  stage: 'newsroom',
  href: newsroomPaths.list(),
  action: 'release.read',
  says: 'Releases in which every number has a record behind it.',
  waiting: async (db, { actor }) => {
    const unwritten = await countUnwritten(db);
    const { toApprove, toPublish } = await countWaiting(db, actor);
    const say = (count: number, one: string, many: string, href: string): HomeItem[] =>
      count === 0
        ? []
        : [
            {
              count,
              href,
              text: `${countWord(count)} ${plural(count, one, many)}`.replace(/^./, (letter) => letter.toUpperCase()),
            },
          ];
    return [
      ...say(unwritten, 'signed return has no release', 'signed returns have no release', newsroomPaths.returns()),
      ...say(
        toApprove,
        'release waits for your approval',
        'releases wait for your approval',
        withQuery(newsroomPaths.list(), { state: 'submitted' }),
      ),
      ...say(
        toPublish,
        'approved release is not out',
        'approved releases are not out',
        withQuery(newsroomPaths.list(), { state: 'approved' }),
      ),
    ];
  },
};
