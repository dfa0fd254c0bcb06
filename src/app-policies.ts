/** Who may do what in all areas: every process knows all of it. */
import { accessPolicies } from './access/policies.ts';
import { auditPolicies } from './audit/policies.ts';
import { identityPolicies } from './identity/policies.ts';
import { intelligencePolicies } from './intelligence/policies.ts';
import { monitoringPolicy } from './monitoring/policy.ts';
import { newsroomPolicies } from './newsroom/policies.ts';
import { operationsPolicies } from './operations/policies.ts';
import { oversightPolicy } from './oversight/policy.ts';
import { joinPolicies } from './platform/access-policy/access.ts';
import { platformPolicy } from './platform/access-policy/platform-policy.ts';
import { messagesPolicy } from './platform/messages/policy.ts';
import { notificationsPolicy } from './platform/notifications/policy.ts';
import { publicSettingsPolicy } from './public/settings/policy.ts';
import { reportsPolicy } from './reports/policy.ts';
import { returnsPolicy } from './returns/policy.ts';
import { safeguardingPolicies } from './safeguarding/policies.ts';
import { visitsPolicies } from './visits/policies.ts';

export const access = joinPolicies([
  publicSettingsPolicy,
  reportsPolicy,
  platformPolicy,
  notificationsPolicy,
  messagesPolicy,
  ...intelligencePolicies,
  ...operationsPolicies,
  ...visitsPolicies,
  ...safeguardingPolicies,
  returnsPolicy,
  ...newsroomPolicies,
  oversightPolicy,
  monitoringPolicy,
  ...identityPolicies,
  ...auditPolicies,
  ...accessPolicies,
]);
