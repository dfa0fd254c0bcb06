/** The staff home page: what is due for the person signed in, by deadline; then today; then what they opened lately. */
import type { AnyTables, Reader } from '../database/database.ts';
import {
  type HomeItem,
  type HomeRecent,
  type HomeRow,
  type HomeVisit,
  homeRow,
  latestRecent,
  sortHomeItems,
  sortHomeVisits,
} from './home-item.ts';
import { Problem } from './problem.ts';
import type { Look } from './request.ts';
import { type App, may, type Request } from './server.ts';

export { countedTask, type HomeItem, type HomeRecent, type HomeVisit, listDue, mostRecent } from './home-item.ts';

/** The parts of the work, in the order in which the home page names them to somebody with nothing due. */
export const journey = [
  'signs',
  'reports',
  'intelligence',
  'operations',
  'visits',
  'safeguarding',
  'returns',
  'newsroom',
] as const;
export type JourneyStage = (typeof journey)[number];

/** What an area finds for the home page. Visits of today, and what the reader opened lately, have sections of their own. */
export type HomeFindings = {
  readonly items: readonly HomeItem[];
  readonly visits?: readonly HomeVisit[];
  readonly recent?: readonly HomeRecent[];
};
type ListHomeItems = (
  db: Reader<AnyTables>,
  request: Request,
  look: Look,
) => Promise<readonly HomeItem[] | HomeFindings>;

/** An area's work on the home page: one query or a few, whatever the number of rows. */
export type HomeItems = {
  readonly action: string;
  readonly waiting?: ListHomeItems;
  /** In the place of it, where both stores are read: each in a reading of its own. */
  readonly apart?: (request: Request) => Promise<readonly HomeItem[]>;
};

/** A part of the work, which says what of it will appear on the home page. */
export type HomeStage = HomeItems & {
  readonly stage: JourneyStage;
  /** What will appear here for a reader with these rights: plural nouns, with a small letter. Nothing if none of it is theirs. */
  readonly says: (can: Request['can']) => string | undefined;
};

type HomePage = {
  readonly title: string;
  readonly name: string;
  readonly rows: readonly HomeRow[];
  readonly overdue: number;
  /** Some rows are opened by a button, which needs a form. */
  readonly posts: boolean;
  readonly visits: readonly HomeVisit[];
  readonly recent: readonly HomeRecent[];
  /** What will appear here. */
  readonly expected: readonly string[];
  /** An area's own database cannot be reached. */
  readonly incomplete: boolean;
};

declare module '../rendering/views.ts' {
  interface ViewModels {
    'platform/home': HomePage;
  }
}

export const homeRoutes =
  (stages: readonly HomeStage[], others: readonly HomeItems[] = []) =>
  async (app: App): Promise<void> => {
    const ordered = stages.toSorted((one, other) => journey.indexOf(one.stage) - journey.indexOf(other.stage));
    app.get('/', may('home.read'), async (request, reply) => {
      const items: HomeItem[] = [];
      const visits: HomeVisit[] = [];
      const recent: HomeRecent[] = [];
      let incomplete = false;
      for (const area of [...ordered, ...others]) {
        if (!request.can(area.action)) continue;
        const found = await readFindings(area, request);
        items.push(...(found?.items ?? []));
        visits.push(...(found?.visits ?? []));
        recent.push(...(found?.recent ?? []));
        incomplete ||= !found;
      }
      const rows = sortHomeItems(items).map((item) => homeRow(item, request.now));
      return reply.page('platform/home', {
        title: 'Your work',
        name: request.actor.memberName,
        rows,
        posts: rows.some(({ posts }) => posts === true),
        overdue: rows.filter(({ overdue }) => overdue).length,
        visits: sortHomeVisits(visits),
        recent: latestRecent(recent),
        expected: ordered.flatMap(({ action, says }) => (request.can(action) && says(request.can)) || []),
        incomplete,
      });
    });
  };

const nothing: HomeFindings = { items: [] };

/** Undefined where the area's own database cannot be reached: the other areas stay open. */
async function readFindings(
  { action, waiting, apart }: HomeItems,
  request: Request,
): Promise<HomeFindings | undefined> {
  try {
    if (apart) return { items: await apart(request) };
    if (!waiting) return nothing;
    const found = await request.under(action, (db, look) => waiting(db, request, look));
    return 'items' in found ? found : { items: found };
  } catch (error) {
    if (error instanceof Problem && error.kind === 'unavailable') return undefined;
    throw error;
  }
}
