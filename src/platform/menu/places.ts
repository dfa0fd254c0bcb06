/** Pure. The places of the staff site: each item of the menu is one, and the page More groups all pages by them. */

/** In the order of the page More. The menu says these words. */
export const places = {
  operations: 'Operations',
  visits: 'Visits',
  cases: 'Cases',
  actions: 'Actions',
  referrals: 'Referrals',
  reception: 'Reception',
  reports: 'Reports',
  intelligence: 'Intelligence',
  requests: 'Requests',
  returns: 'Returns',
  releases: 'Releases',
  retention: 'Retention',
  audit: 'Audit',
  users: 'Users',
  organisations: 'Organisations',
  'temporary access': 'Temporary access',
  account: 'Your account',
  help: 'Help',
} as const;
export type Place = keyof typeof places;

export const placeNames = Object.keys(places) as readonly Place[];
