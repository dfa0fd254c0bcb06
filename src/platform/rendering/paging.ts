/** Long lists, a page at a time, by address. */
import { z } from 'zod';

export const pageSize = 20;

/** `?page=2`; anything else is the first page. */
export const PageQuery = z.object({ page: z.coerce.number().int().min(1).max(100_000).catch(1) });

export type Pages = {
  readonly page: number;
  readonly last: number;
  readonly total: number;
  /** There are more than were counted. */
  readonly more?: true;
  readonly previous?: string;
  readonly next?: string;
  /** The last page, where one past it was asked for: rows were looked for where none are, and the page must not say that there are none. */
  readonly instead?: string;
};

/** The position of one page in a long list, as the pager shows it. A page past the end redirects to the last. In a list that grows for ever at most `most` entries are counted. */
export function paginate(
  page: number,
  size: number,
  found: number,
  href: (page: number) => string,
  most = Number.POSITIVE_INFINITY,
): Pages {
  const total = Math.min(found, most);
  const last = Math.max(1, Math.ceil(total / size));
  return {
    page,
    last,
    total,
    ...(found > most && { more: true }),
    ...(page > 1 && { previous: href(Math.min(page - 1, last)) }),
    ...(page < last && { next: href(page + 1) }),
    ...(page > last && { instead: href(last) }),
  };
}

/** Where to redirect a request for a page past the end of a list. */
export function findPageRedirect({
  pages,
  list,
  sections = [],
}: {
  readonly pages?: Pages;
  readonly list?: { readonly pages?: Pages | undefined };
  readonly sections?: readonly unknown[];
}): string | undefined {
  const lists = [pages, list?.pages, ...sections.map((section) => (section as { readonly pages?: Pages }).pages)];
  return lists.find((one) => one?.instead)?.instead;
}

/** An address with a query of what is given; what is empty is left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') given.set(name, `${value}`);
  const text = given.toString();
  return text ? `${path}?${text}` : path;
}
