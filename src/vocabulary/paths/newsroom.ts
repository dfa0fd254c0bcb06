/** Pure. The staff addresses of releases, and of releases that others published. */
import { staffPath } from './path.ts';

export const newsroomPaths = {
  list: staffPath('/newsroom'),
  returns: staffPath('/newsroom/returns'),
  draft: staffPath('/newsroom/returns/:id/draft'),
  history: staffPath('/newsroom/history/:id'),
} as const;

export const mediaListPaths = {
  list: staffPath('/media-contacts'),
  add: staffPath('/media-contacts/add'),
  remove: staffPath('/media-contacts/:id/remove'),
} as const;

export const releasePaths = {
  section: staffPath('/releases'),
  release: staffPath('/releases/:id'),
  export: staffPath('/releases/:id/export'),
  revision: staffPath('/releases/:id/revisions/:revision'),
  edit: staffPath('/releases/:id/edit'),
  picture: staffPath('/releases/:id/picture'),
  removePicture: staffPath('/releases/:id/picture/remove'),
  pictureFile: staffPath('/releases/:id/picture.jpg'),
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

/** Releases as safeguarding leads read them, before they are published and after. */
export const submittedReleasePaths = {
  list: staffPath('/submitted-releases'),
  release: staffPath('/submitted-releases/:id'),
  read: staffPath('/submitted-releases/:id/read'),
  pictureFile: staffPath('/submitted-releases/:id/picture.jpg'),
} as const;

export const importedReleasePaths = {
  list: staffPath('/imported-releases'),
  import: staffPath('/imported-releases/import'),
  release: staffPath('/imported-releases/:id'),
  source: staffPath('/imported-releases/:id/source'),
  remove: staffPath('/imported-releases/:id/remove'),
} as const;
