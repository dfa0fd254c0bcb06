/** Settings of the public site: administrators propose what it says, and a second person approves it. */
import type { Area } from '../platform/area.ts';
import { settingsPaths } from '../vocabulary/paths/settings.ts';
import { contactRoutes, contactsHomeItems } from './contact-routes.ts';
import { lookRoutes } from './look/routes.ts';
import { openingHomeItems, openingRoutes } from './opening-routes.ts';
import { settingsHomeItems, settingsRoutes } from './routes.ts';
import { versionRoutes } from './version-routes.ts';

export const settings: Area = {
  pages: [
    {
      staff: settingsRoutes,
      homeItems: [settingsHomeItems],
      navigation: [
        {
          place: 'organisations',
          href: settingsPaths.settings(),
          text: 'Settings of the public site',
          says: 'What the public site says of the partnership: its name, members, contacts and notices.',
          action: 'public setting.read',
        },
      ],
    },
    { staff: versionRoutes },
    { staff: lookRoutes },
    { staff: openingRoutes, homeItems: openingHomeItems },
    { staff: contactRoutes, homeItems: [contactsHomeItems] },
  ],
};
