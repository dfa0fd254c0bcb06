/** Premises as targets of an operation. Pure: no clock, no database, no wording. */

export const businesses = [
  'massage or beauty',
  'nail bar',
  'car wash',
  'restaurant or takeaway',
  'shop',
  'hotel or guest house',
  'house or flat used as a business',
  'farm',
  'factory or warehouse',
  'building site',
  'other business',
] as const;
export type Business = (typeof businesses)[number];

export const priorities = ['high', 'medium', 'low'] as const;

/** Whether and when immigration officers come in: a decision for each premises, never a habit. */
export const immigrationEntries = [
  'not present',
  'waits until called',
  'enters after the first talk',
  'enters with the team',
] as const;
export type ImmigrationEntry = (typeof immigrationEntries)[number];
