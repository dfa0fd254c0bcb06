/** The application of a process with the public site alone: it loads nothing of the staff site. */
import { openAreas } from './app-opening.ts';
import { publicNews } from './newsroom/public-area.ts';
import type { OpenApp } from './platform/area.ts';
import { publicSite } from './public/area.ts';
import { publicReports } from './reports/public-area.ts';

export const openApp: OpenApp = (parts) => openAreas([publicSite, publicReports, publicNews], parts);
