/** Labels of a professional's answers on staff pages. */
import type { PartnerField } from './staff-intake.ts';

export const partnerLabels: Record<PartnerField, string> = {
  kind: 'Kind of exploitation',
  signs: 'Signs noticed',
  age: 'Child or adult',
  consent: 'Does the person agree to this report',
  done: 'Safeguarding done already',
  reference: 'Reference at their agency',
};
