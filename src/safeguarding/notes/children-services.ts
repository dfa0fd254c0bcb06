/** Children: the council’s children’s services are told about everybody who is or may be under 18. Until then the first page shows it. */
import { type Agency, listAgencies, listMembers } from '../../identity/agencies/index.ts';
import { countedTask, type HomeItems, listDue } from '../../platform/http/home.ts';
import type { Request } from '../../platform/http/server.ts';
import type { Link } from '../../platform/rendering/pages.ts';
import { formatHour, formatHoursAgo } from '../../vocabulary/calendar/moments.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { filterOutsideRecipients, filterRecipients } from '../referrals/referral.ts';
import { countCouncilNotNotified, findOldestNotNotified } from './store.ts';

/** Agencies with children’s services. Read from the main store before the safeguarding store is opened. */
export const listCouncilIds = (request: Request): Promise<string[]> =>
  request.under('agency.read', async (db) =>
    (await listAgencies(db)).flatMap(({ id, kind }) => (kind === 'council' ? [id as string] : [])),
  );

export type Council = Pick<Agency, 'id' | 'name'>;

/** Those that can be asked: through a member in Safelight, or by letter. */
export const filterReachableCouncils = (
  agencies: readonly Agency[],
  members: Parameters<typeof filterRecipients>[1],
): readonly Council[] =>
  [...filterRecipients(agencies, members), ...filterOutsideRecipients(agencies, members)].filter(
    ({ kind, endedAt }) => kind === 'council' && !endedAt,
  );

/** The same, read from the main store after the safeguarding store was read. */
export const listReachableCouncils = (request: Request): Promise<readonly Council[]> =>
  request.under('agency.read', async (db) => filterReachableCouncils(await listAgencies(db), await listMembers(db)));

/** Links to the ordinary referral form with recipient and purpose selected. `refer` is the address of that form. Every person treated as a child gets the same links. */
export const childrensServicesLinks = (refer: string, councils: readonly Council[], who?: string): Link[] => {
  const ask = (to: Record<string, string>): string =>
    `${refer}?${new URLSearchParams({ ...to, purpose: 'childcare' })}`;
  return councils.length > 0
    ? councils.map(({ id, name }) => ({
        href: ask({ to: id }),
        text: `Refer ${who ?? 'the person'} to the children’s services of ${name}`,
      }))
    : [
        {
          href: ask({}),
          text: 'No council receives referrals here: call its children’s services now, and refer to another agency too',
        },
      ];
};

/** The form for a notification outside Safelight, such as a call. `refer` is the address of the referral form. */
export const notifiedPath = (refer: string): string => `${refer}?notified=yes`;
export const notifiedText = 'If you notified them outside Safelight, record whom, when and how';

/** Another agency may have told them, which its reader cannot see: so it says what the records in view say. */
const noRecord = 'No record that you can read says that children’s services know.';

/** Until the council’s children’s services are asked or notified. */
export const childrenHomeItems: HomeItems = {
  action: 'referral.read',
  apart: async (request) => {
    const councils = await listCouncilIds(request);
    const { count, since } = await request.under('note.read', async (db, look) => {
      look('notes.waiting counted', null, { fields: ['age', 'writtenAt'] });
      return {
        count: await countCouncilNotNotified(db, councils),
        since: await findOldestNotNotified(db, councils),
      };
    });
    const longest = since ? ` The note was written ${formatHour(since)}, ${formatHoursAgo(since, request.now)}.` : '';
    return listDue([
      {
        count,
        what: 'Notify children’s services now',
        detail: `${countedTask(
          count,
          `1 person is or may be under 18. ${noRecord}`,
          `# people are or may be under 18. ${noRecord}`,
        )}${count === 1 ? longest : longest.replace('The note', 'The first note')}`,
        status: 'to do',
        urgency: 'urgent',
        href: `${notePaths.list()}?children=yes`,
      },
    ]);
  },
};
