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

/** How the officer who wrote an internal log knows it. */
export const observedLabel = 'How the officer knows it';
export const observedWords: Readonly<Record<string, string>> = {
  self: 'The officer saw or heard it',
  colleague: 'A colleague told the officer',
};
