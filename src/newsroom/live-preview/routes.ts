/** Shows what a writer is typing as readers will see it: beside the form while they type, or as the whole form by a button. */
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, IdPath, may, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { releasePaths } from '../../vocabulary/paths/newsroom.ts';
import { editPage } from '../releases/edit-page.ts';
import { EmbargoForm, findPastEmbargo } from '../releases/forms.ts';
import { isOpen } from '../releases/release.ts';
import { readTypedPreview } from './reading.ts';

/** Not a form route: nothing is decided and nothing is saved. */
export function livePreviewRoute(app: App, { siteSettings }: AreaParts): void {
  app.post(releasePaths.preview.route, may('release.write', IdPath), async (request, reply) => {
    const { id } = request.params;
    const typed = answersOf(request.body);
    const editing = await readTypedPreview(request.db, id, request, siteSettings);
    if (!isOpen(editing.release) || editing.release.importedReleaseId !== null)
      return reply.redirect(releasePaths.release(id), 303);
    if (typed.part === 'yes') return reply.page('newsroom/live-preview/part', { live: editing.live });
    const embargo = readForm(EmbargoForm, request.body);
    const errors = embargo.ok
      ? findPastEmbargo(embargo.values, editing.release.embargoUntil, request.now)
      : embargo.errors;
    return reply.page('newsroom/releases/edit', editPage(editing, typed, editing.isOut ? {} : errors));
  });
}
