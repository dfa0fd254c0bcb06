/** The search page. What is sought is sent as a form without changes, so that no name gets into an address. */
import { z } from 'zod';
import { searchPaths } from '../../vocabulary/paths/platform.ts';
import type { UnitKeys } from '../crypto/crypto.ts';
import { answersOf, RequiredText, readForm } from '../forms/forms.ts';
import { Problem } from '../http/problem.ts';
import { type App, may, type Request } from '../http/server.ts';
import { mostResults, readSought, type SearchResult, type SearchSource, type Sought } from './search-store.ts';

type Group = {
  readonly title: string;
  readonly results: readonly SearchResult[];
  /** There may be more than are shown. */
  readonly full: boolean;
  /** Its database cannot be reached. */
  readonly unavailable: boolean;
};

type SearchPage = {
  readonly title: string;
  readonly sought: string;
  readonly error: string | undefined;
  /** Undefined before anything is sought. */
  readonly groups: readonly Group[] | undefined;
  readonly places: readonly string[];
};

declare module '../rendering/views.ts' {
  interface ViewModels {
    'platform/search': SearchPage;
  }
}

const longestSearch = 100;
const SearchForm = z.object({
  sought: RequiredText('Enter a name, a place or a reference', longestSearch),
});

export const searchRoutes =
  (sources: readonly SearchSource[], keys: UnitKeys) =>
  async (app: App): Promise<void> => {
    app.get(searchPaths.search.route, may('home.read'), async (request, reply) =>
      reply.page('platform/search', searchPage(listTitles(sources, request), '')),
    );
    app.post(searchPaths.search.route, may('home.read'), async (request, reply) => {
      const titles = listTitles(sources, request);
      const form = readForm(SearchForm, request.body);
      if (!form.ok) {
        const { sought: typed } = answersOf(request.body);
        return reply.page('platform/search', {
          ...searchPage(titles, typeof typed === 'string' ? typed.slice(0, longestSearch) : ''),
          error: form.errors.sought,
        });
      }
      const sought = readSought(form.values.sought);
      const groups: Group[] = [];
      for (const source of sources)
        if (request.can(source.action)) groups.push(await searchIn(source, sought, request, keys));
      return reply.page('platform/search', { ...searchPage(titles, sought.text), groups: merge(groups) });
    });
  };

const listTitles = (sources: readonly SearchSource[], request: Request): readonly string[] => [
  ...new Set(sources.filter(({ action }) => request.can(action)).map(({ title }) => title)),
];

const searchPage = (places: readonly string[], sought: string): SearchPage => ({
  title: 'Search',
  sought,
  error: undefined,
  groups: undefined,
  places,
});

async function searchIn(source: SearchSource, sought: Sought, request: Request, keys: UnitKeys): Promise<Group> {
  const { title, action, event, fields, find } = source;
  try {
    const results = await request.under(action, async (_db, look) => {
      const found = await find(look(event, null, { fields: [...fields] }), sought, {
        keys,
        actor: request.actor,
      });
      request.returned(found.map(({ id }) => id));
      return found;
    });
    return { title, results, full: results.length >= mostResults, unavailable: false };
  } catch (error) {
    if (error instanceof Problem && error.kind === 'unavailable')
      return { title, results: [], full: false, unavailable: true };
    throw error;
  }
}

/** Sources with one title are one group; what found nothing is left out. */
function merge(groups: readonly Group[]): Group[] {
  const titles = [...new Set(groups.map(({ title }) => title))];
  return titles
    .map((title) => {
      const same = groups.filter((group) => group.title === title);
      return {
        title,
        results: same.flatMap(({ results }) => results),
        full: same.some(({ full }) => full),
        unavailable: same.some(({ unavailable }) => unavailable),
      };
    })
    .filter(({ results, unavailable }) => results.length > 0 || unavailable);
}
