/** Tasks about releases for the home page of press officers and partners. */
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { countedTask, type HomeItem, type HomeStage, listDue } from '../../platform/http/home.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { listSignedReturns, type SignedReturnSummary } from '../../returns/index.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { newsroomPaths, releasePaths } from '../../vocabulary/paths/newsroom.ts';
import { listOvertaken, type OvertakenRelease } from './newer-returns-store.ts';
import { isOperationOver, publishableFrom } from './release.ts';
import { countWaiting, listOwnOpen, listReleasesAbout, type OwnOpenRelease } from './store.ts';
import { findPolicyInForce } from './text.ts';

/** More than any partnership signs while somebody may still write about it. */
export const mostReturns = 1_000;

export const countUnwritten = async (db: Reader<AnyTables>): Promise<number> =>
  (await listUnwritten(db, await listSignedReturns(db, { limit: mostReturns }))).length;

/** The latest signed return of each operation without a release. */
async function listUnwritten(
  db: Reader<AnyTables>,
  signed: readonly SignedReturnSummary[],
): Promise<SignedReturnSummary[]> {
  const latest = signed.filter((one) => one.latest);
  const written = await listReleasesAbout(
    db,
    latest.map(({ operationId }) => operationId),
  );
  return latest.filter(({ operationId }) => !written.has(operationId));
}

/** So many releases of one writer have a row each. */
const mostOwn = 10;

const notBefore = (signed: SignedReturnSummary | undefined): string | undefined =>
  signed && !isOperationOver(signed) ? `It cannot be published before ${longDay(publishableFrom(signed))}.` : undefined;

/** A draft of the reader, or a text of the reader that is on its way and rests on figures that are no longer the latest. */
function ownItems(
  open: readonly OwnOpenRelease[],
  signed: readonly SignedReturnSummary[],
  policy: string | undefined,
): HomeItem[] {
  return open.flatMap(({ id, shownTitle, state, correction, importedReleaseId, ...release }): HomeItem[] => {
    const latest = signed.find((one) => one.latest && one.operationId === release.operationId);
    const isLater = importedReleaseId === null && latest !== undefined && latest.id !== release.returnId;
    const isNewPolicy = importedReleaseId === null && policy !== undefined && policy !== release.policy;
    const item = { for: shownTitle, href: releasePaths.release(id), count: 1 };
    const finish = correction === null ? 'Finish a draft release' : 'Finish a correction';
    if (isLater || isNewPolicy)
      return [
        {
          ...item,
          what: state === 'draft' ? finish : `Use the new ${isLater ? 'figures' : 'policy'} in a release`,
          detail: isLater
            ? `Return ${latest.version} was signed after it was drafted.`
            : 'The publication policy changed after it was drafted.',
          status: 'needs attention',
        },
      ];
    const detail = notBefore(signed.find((one) => one.id === release.returnId));
    return state === 'draft' ? [{ ...item, what: finish, detail, status: 'in progress' }] : [];
  });
}

/** One line, without a figure: the page of the release leads to its correction. */
const overtakenItem = (overtaken: readonly OvertakenRelease[]): HomeItem => ({
  what: countedTask(
    overtaken.length,
    'A newer return was signed for a release',
    'Newer returns were signed for # releases',
  ),
  for: overtaken.length === 1 ? overtaken[0]?.shownTitle : undefined,
  detail: 'Its page shows which figures changed. Correct it if any did.',
  status: 'needs attention',
  href: onlyOne(overtaken.length, overtaken[0]?.id ?? null, releasePaths.release) ?? newsroomPaths.list(),
  count: overtaken.length,
});

/** The page of the release where it is the only one that waits. */
const onlyOne = (count: number, id: string | null, page: (id: string) => string): string | undefined =>
  count === 1 && id !== null ? page(id) : undefined;

const mostNamed = 3;

/** The first few, and how many more there are. */
function nameFew(names: readonly string[], count: number): string | undefined {
  const named = names.slice(0, mostNamed);
  const more = count - named.length;
  return named.length === 0 ? undefined : listOf([...named, ...(more > 0 ? [`${more} more`] : [])]);
}

/** Releases on the home page: signed returns to write about, releases to approve, releases to publish. */
export const newsroomHomeItems: HomeStage = {
  stage: 'newsroom',
  action: 'release.read',
  says: () => 'releases to draft, approve and publish',
  waiting: async (db, { actor, now, today }) => {
    const signed = await listSignedReturns(db, { limit: mostReturns });
    const unwritten = await listUnwritten(db, signed);
    const [first] = unwritten;
    const own = await listOwnOpen(db, actor, mostOwn);
    const policy = own.length > 0 ? (await findPolicyInForce(today))?.name : undefined;
    const overtaken = await listOvertaken(db, actor, { now, without: own.map(({ id }) => id), limit: mostReturns });
    const { toApprove, toPublish, toChange, approveId, publishId, changeId, ...titles } = await countWaiting(db, actor);
    return listDue([
      {
        what: countedTask(
          unwritten.length,
          'Draft a release for a signed return',
          'Draft releases for # signed returns',
        ),
        for: nameFew(
          unwritten.map(({ facts }) => facts.codeName),
          unwritten.length,
        ),
        detail: unwritten.length === 1 ? notBefore(first) : undefined,
        status: 'not started',
        href: first && unwritten.length === 1 ? newsroomPaths.draft(first.id) : newsroomPaths.returns(),
        count: unwritten.length,
      },
      {
        what: countedTask(
          toChange,
          'A release was stopped: change its text',
          '# releases were stopped: change their texts',
        ),
        for: nameFew(titles.changeTitles ?? [], toChange),
        status: 'needs attention',
        href: onlyOne(toChange, changeId, releasePaths.release) ?? newsroomPaths.list(),
        count: toChange,
      },
      ...ownItems(own, signed, policy),
      overtakenItem(overtaken),
      {
        what: countedTask(toApprove, 'Approve a release', 'Approve # releases'),
        for: nameFew(titles.approveTitles ?? [], toApprove),
        status: 'to do',
        // The page of the approval shows the whole text, its figures and what changed.
        href:
          onlyOne(toApprove, approveId, releasePaths.approve) ??
          withQuery(newsroomPaths.list(), { state: 'submitted' }),
        count: toApprove,
      },
      {
        what: countedTask(toPublish, 'Publish an approved release', 'Publish # approved releases'),
        for: nameFew(titles.publishTitles ?? [], toPublish),
        status: 'to do',
        href:
          onlyOne(toPublish, publishId, releasePaths.release) ?? withQuery(newsroomPaths.list(), { state: 'approved' }),
        count: toPublish,
      },
    ]);
  },
};
