/** Pure. The menu of one member: at most six items, each a place. Every page that the member may open is under More. */

import { staffSite } from '../../vocabulary/paths/path.ts';
import { menuPaths } from '../../vocabulary/paths/platform.ts';
import type { Role } from '../../vocabulary/people.ts';
import type { Link } from '../rendering/pages.ts';
import { orderPages, orderPlaces } from './order.ts';
import { type Place, placeNames, places } from './places.ts';

/** A page that an area offers for the menu or for More. */
export type Navigation = {
  readonly place: Place;
  readonly href: string;
  readonly text: string;
  /** What it is for, in one line. */
  readonly says: string;
  /** Who may open it. */
  readonly action: string;
  /** Addresses elsewhere that belong to it: where a reader of those pages is. */
  readonly otherPaths?: readonly string[];
  /** Where a potential victim can be reported there: whom it is about, and where to go if not to the page itself. */
  readonly potentialVictim?: { readonly who: string; readonly does: string; readonly href?: string };
};

export type PlaceLink = Link & { readonly current: 'page' | 'true' | undefined };

export type Menu = {
  readonly items: readonly (PlaceLink & {
    /** Too many for the bar of a phone. */
    readonly wide: boolean;
  })[];
  /** The other pages of the place that the reader is in. */
  readonly nearby: { readonly label: string; readonly items: readonly PlaceLink[] } | undefined;
};

/** Home, the places between, and More: six at most. */
const placesBetween = 4;
/** Home and the places in the bar of a phone; More is its last item. */
const inPhoneBar = 3;

/** The menu of a member with these roles, who may open these pages and reads this one. */
export function createMenu(roles: readonly Role[], offered: readonly Navigation[], path: string): Menu {
  const first = orderPlaces(roles)
    .filter((place) => offered.some((page) => page.place === place))
    .slice(0, placesBetween);
  const here = findPlace(offered, path);
  const items = [
    { href: staffSite, text: 'Home', current: path === staffSite ? ('page' as const) : undefined },
    ...first.map((place) => toItem(place, pagesOf(place, roles, offered), path, here)),
  ];
  return {
    items: [
      ...items.map((item, index) => ({ ...item, wide: index >= inPhoneBar })),
      { href: menuPaths.more(), text: 'More', current: findMore(first, path, here), wide: false },
    ],
    nearby: here && listNearby(here, pagesOf(here, roles, offered), path),
  };
}

/** All pages that a member may open, by place, as More shows them. */
export const groupPages = (roles: readonly Role[], offered: readonly Navigation[]) =>
  placeNames
    .map((place) => ({ place, title: places[place], pages: pagesOf(place, roles, offered) }))
    .filter(({ pages }) => pages.length > 0);

const pagesOf = (place: Place, roles: readonly Role[], offered: readonly Navigation[]): readonly Navigation[] =>
  orderPages(
    offered.filter((page) => page.place === place),
    roles,
  );

function toItem(place: Place, pages: readonly Navigation[], path: string, here: Place | undefined): PlaceLink {
  const href = pages[0]?.href ?? menuPaths.more();
  return { href, text: places[place], current: path === href ? 'page' : place === here ? 'true' : undefined };
}

function findMore(first: readonly Place[], path: string, here: Place | undefined): PlaceLink['current'] {
  if (path === menuPaths.more()) return 'page';
  return here && !first.includes(here) ? 'true' : undefined;
}

/** On the first page of each part of a place, the way to its other parts. */
function listNearby(place: Place, pages: readonly Navigation[], path: string): Menu['nearby'] {
  if (pages.length < 2 || !pages.some(({ href }) => href === path)) return undefined;
  const items = pages.map(({ href, text }) => ({ href, text, current: href === path ? ('page' as const) : undefined }));
  return { label: `All pages of ${places[place]}`, items };
}

/** The place of a page: where several share the start of its address, the one that shares most. */
function findPlace(offered: readonly Navigation[], path: string): Place | undefined {
  const [nearest] = offered
    .map((page) => ({ place: page.place, length: matchedLength(page, path) }))
    .filter(({ length }) => length > 0)
    .toSorted((one, other) => other.length - one.length);
  return nearest?.place;
}

/** How much of a page's address an entry shares; nothing where the page is none of its own. */
const matchedLength = ({ href, otherPaths = [] }: Navigation, path: string): number =>
  Math.max(
    0,
    ...[href, ...otherPaths].map((start) => (path === start || path.startsWith(`${start}/`) ? start.length : 0)),
  );
