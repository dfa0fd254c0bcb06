/** Every command by its name. What each needs is loaded when it runs, so that help costs nothing. */

import { agencyKinds, roles } from '../vocabulary/people.ts';
import { type Command, type Given, misused, type Terminal } from './command.ts';

type Run = Command['run'];
const later =
  (load: () => Promise<Run>): Run =>
  async (given: Given, terminal: Terminal) =>
    (await load())(given, terminal);

/** For a command to which nothing but options is given. */
const alone =
  (run: Run): Run =>
  async (given, terminal) => {
    if (given.rest.length > 0) throw misused(`Nothing is known of “${given.rest[0]}” here.`);
    return run(given, terminal);
  };

const as = { as: { type: 'string' } } as const;
const asHelp = `  --as EMAIL     the member who does it, by the address of the account: the member’s roles hold here as on the
                 pages, and the access log says who did it, at the command line`;

export const commands: readonly Command[] = [
  {
    name: 'migrate',
    usage: 'migrate',
    does: 'brings both databases to the shape of this version',
    more: 'Forward only, and harmless when repeated. Every other command does the same first.',
    options: {},
    run: alone(later(async () => (await import('./migrate.ts')).migrateHouse)),
  },
  {
    name: 'seed',
    usage: 'seed',
    does: 'fills an empty house with the demonstration week',
    more: 'An invented partnership plays a week of action. A house that holds anything is left alone, and a live one is refused.',
    options: {},
    run: alone(later(async () => (await import('./seed.ts')).seedHouse)),
  },
  {
    name: 'user add',
    usage: 'user add --agency NAME --name NAME --title TITLE --email EMAIL --role ROLE [--role ROLE …]',
    does: 'adds a member with an account, and the agency where it is new',
    more: `  --agency NAME            the agency, by its name or its id
  --name, --title          full name; rank or job
  --email EMAIL            the address to sign in with
  --role ROLE              what the member may do; may be given more than once: ${roles.join(', ')}
  --invite                 asks for no password: prints a link that is used once, for three days, and says where it ends
  --password-stdin         reads the first password from standard input; otherwise it is asked, without being shown
  --new-agency KIND        makes the agency first: ${agencyKinds.join(', ')}
  --official-name NAME     the new agency’s name in full; its name, where it is not given
  --first-responder        the new agency may refer to the National Referral Mechanism

This makes the first account of a live house. Later ones are made on the page “People” by the agency’s administrator.
Police and immigration hold no safeguarding role, and who runs the accounts holds no other.`,
    options: {
      agency: { type: 'string' },
      name: { type: 'string' },
      title: { type: 'string' },
      email: { type: 'string' },
      role: { type: 'string', multiple: true },
      invite: { type: 'boolean' },
      'password-stdin': { type: 'boolean' },
      'new-agency': { type: 'string' },
      'official-name': { type: 'string' },
      'first-responder': { type: 'boolean' },
    },
    run: alone(later(async () => (await import('./user-add.ts')).addUser)),
  },
  {
    name: 'release export',
    usage: 'release export ID [--as EMAIL] [--out FILE]',
    does: 'writes a release as front matter and Markdown',
    more: `  ID             the last part of its address on the staff pages: a release of ours, or one of others in the archive
${asHelp}
  --out FILE     writes there, over what was there; otherwise to standard output

Without --as it writes only what everybody may read. A release of others leaves as the very bytes that came.
Under npm, use npm run --silent safelight -- release export ID, or --out.`,
    options: { ...as, out: { type: 'string' } },
    run: later(async () => (await import('./release-export.ts')).exportOne),
  },
  {
    name: 'release import',
    usage: 'release import FILE … --as EMAIL',
    does: 'imports releases of others into the archive of the member’s agency',
    more: `  FILE           a file, a folder (all *.md and *.markdown in it), or a pattern like 'releases/20*/*.md'
${asHelp}

Each file is kept byte for byte, with what it claims. Only press of that agency see it until somebody publishes it.
The same bytes twice are told and not doubled. A bad file is named with line and reason, and the rest go on.`,
    options: as,
    run: later(async () => (await import('./release-import.ts')).importAll),
  },
  {
    name: 'policy show',
    usage: 'policy show [--out FILE]',
    does: 'writes who can see what in this version, for people',
    more: `  --out FILE     writes there, over what was there; otherwise to standard output

Made from the one table that the pages and the database obey; the same version gives the same bytes. Asks no database.
Under npm, use npm run --silent safelight -- policy show, or --out.`,
    options: { out: { type: 'string' } },
    run: alone(later(async () => (await import('./policy.ts')).showPolicy)),
  },
  {
    name: 'policy diff',
    usage: 'policy diff FILE',
    does: 'says what this version opens and closes beside an earlier one',
    more: `  FILE           “Who can see what” of the earlier version, as policy show or the page of that name wrote it

In sentences: who may now do what, who may no longer, and which kinds of record are new, gone or marked otherwise.`,
    options: {},
    run: later(async () => (await import('./policy.ts')).comparePolicy),
  },
];
