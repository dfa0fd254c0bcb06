/** Pure. The staff addresses of releases, and of releases that others published. */
import { staffPath } from './path.ts';

export const newsroomPaths = {
  list: staffPath('/newsroom'),
  returns: staffPath('/newsroom/returns'),
  draft: staffPath('/newsroom/returns/:id/draft'),
  history: staffPath('/newsroom/history/:id'),
} as const;

export const releasePaths = {
  section: staffPath('/releases'),
  release: staffPath('/releases/:id'),
  export: staffPath('/releases/:id/export'),
  revision: staffPath('/releases/:id/revisions/:revision'),
  edit: staffPath('/releases/:id/edit'),
  preview: staffPath('/releases/:id/preview'),
  linkFigure: staffPath('/releases/:id/link-figure'),
  justify: staffPath('/releases/:id/justify'),
  renew: staffPath('/releases/:id/renew'),
  submit: staffPath('/releases/:id/submit'),
  approve: staffPath('/releases/:id/approve'),
  sendBack: staffPath('/releases/:id/send-back'),
  publish: staffPath('/releases/:id/publish'),
  correct: staffPath('/releases/:id/correct'),
  giveUp: staffPath('/releases/:id/give-up'),
  withdraw: staffPath('/releases/:id/withdraw'),
} as const;

export const importedReleasePaths = {
  list: staffPath('/imported-releases'),
  import: staffPath('/imported-releases/import'),
  release: staffPath('/imported-releases/:id'),
  source: staffPath('/imported-releases/:id/source'),
  remove: staffPath('/imported-releases/:id/remove'),
} as const;
