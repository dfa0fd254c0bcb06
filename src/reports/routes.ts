/** The staff's routes of this area, loaded after the sealing library. */

import { fileRoutes } from './attachments/routes.ts';
import { attendanceRoutes } from './attendance/routes.ts';
import { lineOnCallRoutes } from './on-call/routes.ts';
import { decisionRoutes } from './queue/decision-routes.ts';
import { queueRoutes } from './queue/routes.ts';
import type { IntakeLine } from './report.ts';
import { retentionRoutes } from './retention/routes.ts';
import { sameMatterRoutes } from './same-matter/routes.ts';
import { withSealing } from './sealing/with-sealing.ts';
import { originalRoutes } from './source-identity/original-routes.ts';
import { sourceIdentityRoutes } from './source-identity/routes.ts';
import { staffIntakeRoutes } from './staff-intake/routes.ts';

export const staffReportRoutes = (line: IntakeLine) =>
  withSealing(
    attendanceRoutes(line),
    lineOnCallRoutes(line),
    sourceIdentityRoutes(line),
    staffIntakeRoutes(line),
    retentionRoutes(line),
    queueRoutes(line),
    decisionRoutes(line),
    sameMatterRoutes(line),
    fileRoutes(line),
    originalRoutes(line),
  );
