/** Pure. The addresses of the settings of the public site. */
import { staffPath } from './path.ts';

export const settingsPaths = {
  settings: staffPath('/settings'),
  history: staffPath('/settings/history'),
  version: staffPath('/settings/versions/:id'),
  decide: staffPath('/settings/versions/:id/decide'),
  proposeAgain: staffPath('/settings/versions/:id/again'),
  open: staffPath('/settings/open'),
  name: staffPath('/settings/name'),
  about: staffPath('/settings/about'),
  contact: staffPath('/settings/contact'),
  privacy: staffPath('/settings/privacy'),
  accessibility: staffPath('/settings/accessibility'),
  languages: staffPath('/settings/languages'),
  logo: staffPath('/settings/logo'),
  colour: staffPath('/settings/colour'),
  contacts: staffPath('/settings/contacts'),
  newContact: staffPath('/settings/contacts/new'),
  checkedContacts: staffPath('/settings/contacts/checked'),
  decideContacts: staffPath('/settings/contacts/decide'),
  service: staffPath('/settings/contacts/services/:service'),
  editService: staffPath('/settings/contacts/services/:service/edit'),
  checkedService: staffPath('/settings/contacts/services/:service/checked'),
} as const;
