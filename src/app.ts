/** The application: its areas. Nothing else knows them all. */
import { accessArea } from './access/area.ts';
import { openAreas } from './app-opening.ts';
import { audit } from './audit/area.ts';

import { identity } from './identity/area.ts';
import { intelligence } from './intelligence/area.ts';
import { monitoring } from './monitoring/area.ts';
import { newsroom } from './newsroom/area.ts';
import { operations } from './operations/area.ts';
import { oversight } from './oversight/area.ts';
import type { Area, OpenApp } from './platform/area.ts';
import { platform } from './platform/own-area.ts';
import { publicSite } from './public/area.ts';
import { reports } from './reports/area.ts';
import { returns } from './returns/area.ts';
import { safeguarding } from './safeguarding/area.ts';
import { settings } from './settings/area.ts';
import { tour } from './tour/area.ts';
import { visits } from './visits/area.ts';

export { databaseDefinition } from './app-database.ts';
export { access } from './app-policies.ts';

/** In the order of the home page, and of the pages of one place under More. */
export const areas: readonly Area[] = [
  publicSite,
  reports,
  platform,
  operations,
  intelligence,
  visits,
  safeguarding,
  returns,
  newsroom,
  oversight,
  identity,
  settings,
  monitoring,
  audit,
  accessArea,
  tour,
];

export const openApp: OpenApp = (parts) => openAreas(areas, parts);
