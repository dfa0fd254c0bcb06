/** How a route answers: with one of the four kinds of staff page (`return reply.form(…)`), a template of its own, or a file. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { markedName } from '../../vocabulary/marking.ts';
import { isWithinCeiling } from '../exports/export-ceilings.ts';
import { workbookType } from '../exports/workbook.ts';
import type { Answers, FormErrors } from '../forms/forms.ts';
import { Problem } from '../http/problem.ts';
import type { ExportedFile, HttpOptions } from '../http/server.ts';
import { type CasePage, type FormPage, fillForm, type ListPage, type SectionsPage } from './pages.ts';
import { findPageRedirect } from './paging.ts';

declare module './views.ts' {
  interface ViewModels {
    'platform/form': FormPage;
    'platform/page': SectionsPage;
    'platform/list': ListPage;
    'platform/case': CasePage;
  }
}

declare module 'fastify' {
  interface FastifyReply {
    /** With what was typed and what is wrong, where the form is shown again. */
    form(page: FormPage, typed?: Answers, errors?: FormErrors): Promise<string>;
    sections(page: SectionsPage): Promise<string>;
    list(page: ListPage): Promise<string>;
    case(page: CasePage): Promise<string>;
  }
}

/** Gives each reply these ways of answering. */
export function decorateReplies(app: FastifyInstance, options: HttpOptions): void {
  decoratePage(app, options);
  // Each renders its template by `reply.page`, with its status and its redirects.
  app.decorateReply('form', function (this: FastifyReply, page: FormPage, typed?: Answers, errors?: FormErrors) {
    return this.page('platform/form', fillForm(page, typed, errors));
  });
  app.decorateReply('sections', function (this: FastifyReply, page: SectionsPage) {
    return this.page('platform/page', page);
  });
  app.decorateReply('list', function (this: FastifyReply, page: ListPage) {
    return this.page('platform/list', page);
  });
  app.decorateReply('case', function (this: FastifyReply, page: CasePage) {
    return this.page('platform/case', page);
  });
  decorateExport(app, options);
}

function decoratePage(app: FastifyInstance, { views, shell }: HttpOptions): void {
  app.decorateReply('page', async function (this: FastifyReply, view: string, model: object = {}) {
    const { work } = this.request;
    work.startWritingLooks();
    const instead = findPageRedirect(model);
    if (!instead) await work.countUnread();
    await work.endReading();
    if (instead) {
      this.code(303).header('location', instead);
      return '';
    }
    if (hasErrors(model)) this.code(422);
    this.type('text/html; charset=utf-8');
    return views.render(view, { ...shell(this.request, this), ...model });
  });
}

const hasErrors = ({ errors }: { readonly errors?: unknown }): boolean =>
  typeof errors === 'object' && errors !== null && Object.keys(errors).length > 0;

/** A file whose letters are not text. */
const isBinary = (type: string): boolean => type === 'application/pdf' || type === workbookType;

function decorateExport(app: FastifyInstance, { ceilings }: HttpOptions): void {
  app.decorateReply(
    'export',
    async function (this: FastifyReply, { fileName, type, content, isStillAvailable }: ExportedFile) {
      const { work } = this.request;
      const { marking } = work;
      if (!isWithinCeiling('export', marking, work.actor, ceilings, work.action.name))
        throw new Problem('not to leave', marking);
      await work.settleBeforeExport(isStillAvailable);
      if (!isStillAvailable) work.exported = { fileName, type, content };
      this.type(content instanceof Readable || isBinary(type) ? type : `${type}; charset=utf-8`);
      this.header('content-disposition', `attachment; filename="${markedName(fileName, marking)}"`);
      this.header('x-safelight-marking', marking);
      return content;
    },
  );
}
