/** Labels of a professional's answers on staff pages. */
import type { FurtherField } from './staff-intake.ts';

export const furtherLabels: Record<FurtherField, string> = {
  kind: 'Kind of exploitation',
  signs: 'Signs noticed',
  age: 'Child or adult',
  consent: 'Does the person agree to this report',
  done: 'Safeguarding done already',
  reference: 'Reference at their agency',
};
