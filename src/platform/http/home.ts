/** The staff home page: the stages of the journey, and outstanding work in each area for the person signed in. */
import type { AnyTables, Reader } from '../database/database.ts';
import { Problem } from './problem.ts';
import type { Look } from './request.ts';
import { type App, may, type Request } from './server.ts';

/** The stages of the journey form a ring: releases lead to signs, and signs to the next report. */
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

/** One thing that waits: said as a sentence, with the page where it is done. */
export type HomeItem = { readonly text: string; readonly href: string; readonly count: number };

/** What waits, without what is counted as none. */
export const listCounted = (all: readonly (readonly [count: number, text: string, href: string])[]): HomeItem[] =>
  all.flatMap(([count, text, href]) => (count > 0 ? [{ count, text, href }] : []));

/** An area's place on the home page: where it opens, who may open it, and its outstanding work. One query or a few, whatever the number of rows. */
export type HomeStage = {
  readonly stage: JourneyStage;
  readonly href: string;
  readonly action: string;
  readonly says: string;
  readonly waiting?: ListHomeItems;
};
type ListHomeItems = (db: Reader<AnyTables>, request: Request, look: Look) => Promise<readonly HomeItem[]>;

/** Shown above the journey, from any area: notices, and work that cannot be put off. Left out where it is empty. */
export type HomeItems = {
  readonly action: string;
  readonly title: string;
  /** Says that it must be done, and not only read. */
  readonly pressing?: boolean;
  /** Minutes count: it is shown above all else. */
  readonly rings?: boolean;
  readonly more?: { readonly href: string; readonly text: string };
  readonly waiting?: ListHomeItems;
  /** In the place of it, where both stores are read: each in a reading of its own. */
  readonly apart?: (request: Request) => Promise<readonly HomeItem[]>;
};

type StageModel = {
  readonly stage: JourneyStage;
  readonly says: string;
  readonly href?: string;
  readonly waiting: readonly HomeItem[];
  readonly outOfReach: boolean;
};

type HomePage = {
  readonly title: string;
  readonly name: string;
  /** The stages, each with its place in the drawing. */
  readonly points: readonly (StageModel & { readonly count: number; readonly x: number; readonly y: number })[];
  readonly radius: number;
  /** No stage is open to the reader. */
  readonly closed: boolean;
  readonly desks: readonly FilledHomeItems[];
};

declare module '../rendering/views.ts' {
  interface ViewModels {
    'platform/home': HomePage;
  }
}

export const homeRoutes =
  (stages: readonly HomeStage[], desks: readonly HomeItems[] = []) =>
  async (app: App): Promise<void> => {
    app.get('/', may('home.read'), async (request, reply) => {
      const shown: StageModel[] = [];
      for (const stage of journey) {
        const place = stages.find((one) => one.stage === stage);
        if (!place) continue;
        const open = request.can(place.action);
        const waiting = open ? await listWaiting(place, request) : [];
        shown.push({
          stage,
          says: place.says,
          waiting: waiting ?? [],
          outOfReach: !waiting,
          ...(open && { href: place.href }),
        });
      }
      const onDesk: FilledHomeItems[] = [];
      for (const desk of desks) {
        const waiting = (request.can(desk.action) && (await listWaiting(desk, request))) || none;
        if (waiting.length > 0) onDesk.push({ ...desk, waiting });
      }
      return reply.page('platform/home', {
        ...homePage(request.actor.memberName, shown),
        desks: sortByUrgency(onDesk),
      });
    });
  };

type FilledHomeItems = Omit<HomeItems, 'waiting'> & { readonly waiting: readonly HomeItem[] };

/** Urgent entries first, then what must be done, then what is only read; each in the order of the areas. */
const sortByUrgency = (desks: readonly FilledHomeItems[]): readonly FilledHomeItems[] =>
  desks.toSorted((one, other) => rank(one) - rank(other));
const rank = ({ rings, pressing }: Pick<HomeItems, 'rings' | 'pressing'>): number => (rings ? 0 : pressing ? 1 : 2);

const none: readonly HomeItem[] = [];

/** Undefined where the area's own database cannot be reached: the other areas stay open. */
async function listWaiting(
  { action, waiting, apart }: Pick<HomeItems, 'action' | 'waiting' | 'apart'>,
  request: Request,
): Promise<readonly HomeItem[] | undefined> {
  try {
    if (apart) return await apart(request);
    return waiting ? await request.under(action, (db, look) => waiting(db, request, look)) : none;
  } catch (error) {
    if (error instanceof Problem && error.kind === 'unavailable') return undefined;
    throw error;
  }
}

const radius = 128;

/** Points on the ring from twelve o'clock, in the order of the work. */
function homePage(name: string, places: readonly StageModel[]): Omit<HomePage, 'desks'> {
  const points = places.map((place, index) => {
    const angle = (index / places.length) * 2 * Math.PI - Math.PI / 2;
    const count = place.waiting.reduce((sum, waiting) => sum + waiting.count, 0);
    return {
      ...place,
      count,
      x: Math.round(180 + radius * Math.cos(angle)),
      y: Math.round(160 + radius * Math.sin(angle)),
    };
  });
  return { title: 'Your work', name, points, radius, closed: points.every(({ href }) => !href) };
}
