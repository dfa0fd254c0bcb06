/** Pure. The address of the operator's page. */
import { staffPath } from './path.ts';

export const monitoringPaths = { health: staffPath('/system-health') } as const;
