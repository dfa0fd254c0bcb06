/** Tasks of safeguarding leads on the home page: each release that they can stop before it is public, until they read or stopped it. */
import { countedTask, type HomeItem, type HomeItems } from '../../platform/http/home.ts';
import { listSubjectsRead } from '../../platform/notifications/index.ts';
import { submittedReleasePaths } from '../../vocabulary/paths/newsroom.ts';
import { listToRead, type ToRead } from './store.ts';

/** So many have a row each. */
const mostRows = 10;
/** More than wait at any time. */
const mostWaiting = 200;

export const submittedReleaseHomeItems: HomeItems = {
  action: 'submitted release.stop',
  // Releases and notifications are read under two roles of the database.
  apart: async (request) => {
    const waiting = await request.under('submitted release.stop', (db) => listToRead(db, request.now, mostWaiting));
    const ids = waiting.map(({ id }) => id);
    const told = { kind: 'release to read', memberId: request.actor.memberId } as const;
    const read =
      ids.length > 0 ? await request.under('notification.read', (db) => listSubjectsRead(db, told, ids)) : new Set();
    const unread = waiting.filter(({ id }) => !read.has(id));
    const more = unread.length - mostRows;
    return [...unread.slice(0, mostRows).map(itemOf), ...(more > 0 ? [moreItem(more)] : [])];
  },
};

const itemOf = ({ id, title, scheduled, embargoUntil }: ToRead): HomeItem => ({
  what: 'Read a release before it is published',
  for: title,
  detail: scheduled
    ? 'You can stop it until then. It becomes public by itself.'
    : embargoUntil
      ? 'You can stop it until press publishes it, and until then under embargo.'
      : 'You can stop it until press publishes it, which can be at any time.',
  due: embargoUntil,
  status: 'to read',
  urgency: 'pressing',
  href: submittedReleasePaths.release(id),
  count: 1,
});

const moreItem = (count: number): HomeItem => ({
  what: countedTask(
    count,
    'Read one more release before it is published',
    'Read # more releases before they are published',
  ),
  status: 'to read',
  urgency: 'pressing',
  href: submittedReleasePaths.list(),
  count,
});
