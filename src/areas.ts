/** The border table: each area, and the areas whose `index.ts` it may import. `test/borders.test.ts` enforces it. */

export const areas = {
  vocabulary: [],
  platform: ['vocabulary'],
  retention: ['vocabulary'],
  identity: ['platform', 'vocabulary'],
  public: ['platform', 'vocabulary'],
  nrm: ['platform', 'public', 'vocabulary'],
  settings: ['identity', 'platform', 'public', 'vocabulary'],
  audit: ['identity', 'platform', 'vocabulary'],
  tour: ['identity', 'platform', 'vocabulary'],
  monitoring: ['platform', 'vocabulary'],
  access: ['identity', 'platform', 'vocabulary'],
  operations: ['access', 'identity', 'platform', 'vocabulary'],
  reports: ['access', 'identity', 'platform', 'public', 'retention', 'vocabulary'],
  intelligence: ['identity', 'operations', 'platform', 'reports', 'vocabulary'],
  visits: ['access', 'identity', 'nrm', 'operations', 'platform', 'public', 'retention', 'vocabulary'],
  safeguarding: ['identity', 'nrm', 'operations', 'platform', 'public', 'reports', 'retention', 'visits', 'vocabulary'],
  returns: ['access', 'audit', 'identity', 'operations', 'platform', 'safeguarding', 'visits', 'vocabulary'],
  newsroom: ['identity', 'operations', 'platform', 'public', 'returns', 'visits', 'vocabulary'],
  oversight: ['identity', 'operations', 'platform', 'safeguarding', 'visits', 'vocabulary'],
  /** The list of all areas. */
  app: [
    'access',
    'audit',
    'identity',
    'intelligence',
    'monitoring',
    'newsroom',
    'operations',
    'oversight',
    'platform',
    'public',
    'reports',
    'returns',
    'safeguarding',
    'settings',
    'tour',
    'visits',
  ],
  demonstration: [
    'identity',
    'newsroom',
    'operations',
    'platform',
    'public',
    'reports',
    'safeguarding',
    'tour',
    'vocabulary',
  ],
  cli: [
    'access',
    'app',
    'audit',
    'demonstration',
    'identity',
    'monitoring',
    'newsroom',
    'platform',
    'reports',
    'vocabulary',
  ],
  main: ['app', 'demonstration', 'monitoring', 'platform', 'vocabulary'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type AreaName = keyof typeof areas;

/** Files by which an area may be entered besides `index.ts`, and by whom. */
export const entries: Readonly<Record<string, readonly AreaName[]>> = {
  'area.ts': ['app'],
  'public-area.ts': ['app'],
  'policies.ts': ['app'],
  'policy.ts': ['app'],
  // Plays a visitor of the public site.
  'visitor.ts': ['demonstration', 'reports'],
};
