/** Every route of the staff site, as the app itself lists them. */
import type { FastifyInstance } from 'fastify';

export type Method = 'GET' | 'POST';
export type Route = {
  readonly methods: readonly Method[];
  /** As it is written, `/staff/visits/:id`. */
  readonly path: string;
  /** The address with each place filled in; a place for the version of a document is a `number`. */
  readonly at: (fill: (name: string) => string) => string;
};

export function staffRoutes(app: FastifyInstance): Route[] {
  const found = new Map<string, Method[]>();
  const above: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', name = '', listed = ''] = /^([│├└─\s]*)(\S*)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
    above.length = Math.floor(indent.length / 4);
    above[above.length - 1] = name;
    const path = above.join('');
    const methods = (['GET', 'POST'] as const).filter((method) => listed.split(', ').includes(method));
    if (methods.length > 0 && /^\/staff(\/|$)/.test(path)) found.set(path, [...(found.get(path) ?? []), ...methods]);
  }
  return [...found].map(([path, methods]) => ({
    methods: [...new Set(methods)],
    path,
    at: (fill) =>
      path.replaceAll(/:(\w+)/g, (_place, name: string, start: number) =>
        fill(path.slice(0, start).endsWith('/versions/') ? 'number' : name),
      ),
  }));
}
