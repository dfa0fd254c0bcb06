/** The four kinds of staff page, each an answer of its own: `return reply.form(…)`. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { CasePage, FormPage, ListPage, SectionsPage } from './pages.ts';

const templates = {
  form: 'platform/form',
  sections: 'platform/page',
  list: 'platform/list',
  case: 'platform/case',
} as const;

declare module 'fastify' {
  interface FastifyReply {
    form(page: FormPage): Promise<string>;
    sections(page: SectionsPage): Promise<string>;
    list(page: ListPage): Promise<string>;
    case(page: CasePage): Promise<string>;
  }
}

/** Each renders its template by `reply.page`, with its status and its redirects. */
export function decoratePageReplies(app: FastifyInstance): void {
  for (const [name, template] of Object.entries(templates))
    app.decorateReply(name, function (this: FastifyReply, page: SectionsPage) {
      return this.page(template, page);
    });
}
