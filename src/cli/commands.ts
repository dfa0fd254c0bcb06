/** Every command by its name. What each needs is loaded when it runs, so that help costs nothing. */

import { agencyKinds, roles } from '../vocabulary/people.ts';
import { backupCommands } from './backup-commands.ts';
import { type Command, type ParsedArguments, type Terminal, usageError } from './command.ts';

type Run = Command['run'];
const loadOnRun =
  (load: () => Promise<Run>): Run =>
  async (given: ParsedArguments, terminal: Terminal) =>
    (await load())(given, terminal);

/** For a command to which nothing but options is given. */
const withoutArguments =
  (run: Run): Run =>
  async (given, terminal) => {
    if (given.rest.length > 0) throw usageError(`Nothing is known of “${given.rest[0]}” here.`);
    return run(given, terminal);
  };

const as = { as: { type: 'string' } } as const;
const asHelp = `  --as EMAIL     the member who does it, by the address of the account: the member’s roles hold here as on the
                 pages, and the access log says who did it, at the command line`;

const runningDatabaseHelp = `Works beside a running Safelight: on the database in ./data (SAFELIGHT_DATA names another folder), or on the server in
DATABASE_URL_AUDITOR or DATABASE_URL.`;

const folder = { folder: { type: 'string' } } as const;
const folderHelp =
  '  --folder FOLDER  where the witness keeps its key and what it has seen; ./witness where it is not given';
const witnessDataHelp =
  'Works on its own folder alone, on any computer that reaches the Safelight it watches. It opens no database.';

export const commands: readonly Command[] = [
  {
    name: 'migrate',
    usage: 'migrate',
    does: 'brings both databases to the shape of this version',
    helpText: 'Forward only, and harmless when repeated. Every other command does the same first.',
    options: {},
    run: withoutArguments(loadOnRun(async () => (await import('./commands/migrate.ts')).migrateDatabases)),
  },
  {
    name: 'upgrade check',
    usage: 'upgrade check [--json]',
    does: 'says what this version would do to the databases, and changes nothing',
    helpText: `Run it with the new version while the old one works. Says from which version to which, which changes wait, what they hold
and for how long, whether the old processes can go on meanwhile, who is connected, how old the newest verified backup is
(SAFELIGHT_BACKUPS), what room there is, and what cannot be undone.

  --json         the same facts as one JSON object

Ends with 1 when something must be done first. docs/operations/upgrade.md has the runbook.`,
    dataHelp: `Works beside a running Safelight, on the database in ./data (SAFELIGHT_DATA names another folder), or on the server in
DATABASE_URL, by the owner’s login.`,
    options: { json: { type: 'boolean' } },
    run: withoutArguments(loadOnRun(async () => (await import('./commands/upgrade-check.ts')).checkUpgrade)),
  },
  {
    name: 'seed',
    usage: 'seed',
    does: 'fills empty databases with the demonstration week',
    helpText:
      'An invented partnership plays a week of action. Databases that hold anything are left alone, and live ones are refused.',
    options: {},
    run: withoutArguments(loadOnRun(async () => (await import('./commands/seed.ts')).seedDatabases)),
  },
  {
    name: 'user add',
    usage: 'user add --agency NAME --name NAME --title TITLE --email EMAIL --role ROLE [--role ROLE …]',
    does: 'adds a member with an account, and the agency where it is new',
    helpText: `  --agency NAME            the agency, by its name or its id
  --name, --title          full name; rank or job
  --email EMAIL            the address to sign in with
  --role ROLE              what the member may do; may be given more than once: ${roles.join(', ')}
  --invite                 asks for no password: prints a link that is used once, for three days, and says where it ends
  --password-stdin         reads the first password from standard input; otherwise it is asked, without being shown
  --new-agency KIND        makes the agency first: ${agencyKinds.join(', ')}
  --official-name NAME     the new agency’s name in full; its name, where it is not given
  --first-responder        the new agency may refer to the National Referral Mechanism

This makes the first accounts of a live installation: its first administrator and its first data-protection lead begin at once,
everybody else’s roles when a second person has confirmed them. Later ones are made on the page “People” by the agency’s
administrator.
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
    run: withoutArguments(loadOnRun(async () => (await import('./commands/user-add.ts')).addUser)),
  },
  {
    name: 'agency export',
    usage: 'agency export --as EMAIL --reason WORDS --to FILE --recipient KEY',
    does: 'writes all records of an agency as open files, to take them along',
    helpText: `  --as EMAIL       a data-protection lead of the agency whose records they are; the access log names them for each record
  --reason WORDS   why they leave, which the access log keeps
  --to FILE        a new file; it has its name when it is whole
  --recipient KEY  the age public key of the agency: only its secret key opens the file

One archive, encrypted with age. In it are lines of JSON for each table, clean copies of photos and documents, and contents.json.
What was encrypted is opened in it. What was erased is not in it. Records belong to the agency that the log names as owner.
The other database of support agencies is read for support agencies alone. docs/operations/install.md says when to use it.
Ends with 3 if a copy of a file is missing, or something does not open.`,
    dataHelp: `Stop a Safelight on a folder first. Beside a server it reads by DATABASE_URL_BACKUP, so that no row is hidden from it.`,
    options: { ...as, reason: { type: 'string' }, to: { type: 'string' }, recipient: { type: 'string' } },
    run: withoutArguments(loadOnRun(async () => (await import('./commands/agency-export.ts')).exportAgency)),
  },
  {
    name: 'release export',
    usage: 'release export ID [--as EMAIL --reason WORDS] [--out FILE]',
    does: 'writes a release as front matter and Markdown',
    helpText: `  ID             the last part of its address on the staff pages: a release of ours, or one of others in the archive
${asHelp}
  --reason WORDS  why it leaves and for whom, which the access log keeps; asked for with --as
  --out FILE     writes there, over what was there; otherwise to standard output

Without --as it writes only what everybody may read. A release of others leaves as the very bytes that came.
Under npm, use npm run --silent safelight -- release export ID, or --out.`,
    options: { ...as, reason: { type: 'string' }, out: { type: 'string' } },
    run: loadOnRun(async () => (await import('./commands/release-export.ts')).runReleaseExport),
  },
  {
    name: 'release import',
    usage: 'release import FILE … --as EMAIL',
    does: 'imports releases of others into the archive of the member’s agency',
    helpText: `  FILE           a file, a folder (all *.md and *.markdown in it), or a pattern like 'releases/20*/*.md'
${asHelp}

Each file is kept byte for byte, with what it claims. Only press of that agency see it until somebody publishes it.
Standard output has one line for each file kept, with its id: release export takes that id. The last line counts the files.
The same bytes twice are told and not doubled. Standard error names each bad file with line, key and cure, and the rest go on.
It also names a day that is missing or impossible, hidden characters and look-alike addresses: such a file is imported all the same.
A pipe, a socket, a device, and a file of more than 1 MB are refused at once. Ends with 3 if a file was bad, and with 2 if no file
is there to be read.`,
    options: as,
    run: loadOnRun(async () => (await import('./commands/release-import.ts')).runReleaseImport),
  },
  {
    name: 'release list',
    usage: 'release list --as EMAIL [--area NAME] [--year YEAR]',
    does: 'lists the imported releases of the member’s agency with their ids',
    helpText: `${asHelp}
  --area NAME    only this area, as the release names it
  --year YEAR    only what was published in this year

One line for each release, the last published first, with a tab between: id, day, area, number of claims, title.
A day or an area that the file does not say is a dash.`,
    options: { ...as, area: { type: 'string' }, year: { type: 'string' } },
    run: withoutArguments(loadOnRun(async () => (await import('./commands/release-list.ts')).runReleaseList)),
  },
  {
    name: 'release read',
    usage: 'release read FILE … [--json]',
    does: 'prints what is read from releases of others, and keeps nothing',
    helpText: `  FILE           a file, a folder (all *.md and *.markdown in it), or a pattern like 'releases/20*/*.md'
  --json         one JSON object for each file, one a line: its claims, its findings and the figures that were not read
  --schema       prints the JSON Schema of these objects, and reads no file

A claim has kind, value, qualifier, place, sentence and line. A finding has line, key and cure. A figure that no claim took is listed
as not read, so that you see a miss. docs/exchange/release-reading.md explains every field.
A pipe, a socket, a device, and a file of more than 1 MB are refused at once. Ends with 3 if a file could not be read; the others are
printed.`,
    dataHelp: 'Opens no database: it reads the files alone.',
    options: { json: { type: 'boolean' }, schema: { type: 'boolean' } },
    run: loadOnRun(async () => (await import('./commands/release-read.ts')).runReleaseRead),
  },
  {
    name: 'certificate verify',
    usage: 'certificate verify FILE [--key KEY]',
    does: 'checks the signed certificate in the figures of a release',
    helpText: `  FILE           the figures of a release as JSON, as the page of the release gives them
  --key KEY      the public key of the main log, as the partnership gave it to you; otherwise the key in the file

Says who signed, which auditor passed the figures of people helped, and whether the figures are those that were signed.
Ends with 4 if the certificate does not hold.`,
    dataHelp: 'Opens no database: it reads the file alone.',
    options: { key: { type: 'string' } },
    run: loadOnRun(async () => (await import('./commands/certificate-verify.ts')).verifyCertificate),
  },
  {
    name: 'policy show',
    usage: 'policy show [--out FILE]',
    does: 'writes who can see what in this version, for people',
    helpText: `  --out FILE     writes there, over what was there; otherwise to standard output

Made from the one table that the pages and the database obey; the same version gives the same bytes. Asks no database.
Under npm, use npm run --silent safelight -- policy show, or --out.`,
    options: { out: { type: 'string' } },
    run: withoutArguments(loadOnRun(async () => (await import('./commands/policy.ts')).showPolicy)),
  },
  {
    name: 'policy diff',
    usage: 'policy diff FILE',
    does: 'says what this version opens and closes beside an earlier one',
    helpText: `  FILE           “Who can see what” of the earlier version, as policy show or the page Access rules wrote it

In sentences: who may now do what, who may no longer, and which kinds of record are new, gone or marked otherwise.`,
    options: {},
    run: loadOnRun(async () => (await import('./commands/policy.ts')).comparePolicy),
  },
  {
    name: 'audit verify',
    usage: 'audit verify [--address ADDRESS …] [--key KEY …] [--held FILE] [--checkpoint FILE …]',
    does: 'verifies the access log, and says what is wrong in it and where',
    helpText: `  --address ADDRESS   a database to read, as the auditor’s login; once for each store
  --key KEY           a public key of the log or of a witness, or a file with one a line; may be given more than once
  --held FILE         the checkpoints that you found good last time: the log must have grown from them. Written anew
                      when all is well, and made at the first time
  --checkpoint FILE   another checkpoint that the log must have grown from, such as a witness’s; may be given more than once

Reads alone, and shares no code with what writes the log. Names leaf, row and time of what is wrong, never what it says.
Without --key it takes the keys that the database names: that finds accidents, but proves nothing against the people who run it.`,
    dataHelp: runningDatabaseHelp,
    options: {
      address: { type: 'string', multiple: true },
      key: { type: 'string', multiple: true },
      held: { type: 'string' },
      checkpoint: { type: 'string', multiple: true },
    },
    run: withoutArguments(loadOnRun(async () => (await import('./commands/audit-verify.ts')).verifyAudit)),
  },
  {
    name: 'witness init',
    usage: 'witness init --log URL --name NAME [--folder FOLDER]',
    does: 'makes a witness that watches the log of a Safelight from outside',
    helpText: `  --log URL        the address of the Safelight to watch, like https://safelight.example
  --name NAME      what the witness is called, like council.example/witness
${folderHelp}

Prints the public key of the witness. A partner’s data-protection lead registers it on the page “Log details”.`,
    dataHelp: witnessDataHelp,
    options: { log: { type: 'string' }, name: { type: 'string' }, ...folder },
    run: withoutArguments(loadOnRun(async () => (await import('./commands/witness.ts')).initWitness)),
  },
  {
    name: 'witness once',
    usage: 'witness once [--folder FOLDER]',
    does: 'fetches the checkpoints, checks that the logs only grew, and cosigns them',
    helpText: `${folderHelp}

Refuses a log that was rolled back, forked or signed by another key: says so in one sentence, keeps the evidence in the
folder, and ends with 4.`,
    dataHelp: witnessDataHelp,
    options: folder,
    run: withoutArguments(loadOnRun(async () => (await import('./commands/witness.ts')).runWitnessOnce)),
  },
  {
    name: 'witness run',
    usage: 'witness run [--every SECONDS] [--folder FOLDER]',
    does: 'does the same again and again, until it is stopped',
    helpText: `  --every SECONDS  how long to wait between; 600 where it is not given
${folderHelp}`,
    dataHelp: witnessDataHelp,
    options: { every: { type: 'string' }, ...folder },
    run: withoutArguments(loadOnRun(async () => (await import('./commands/witness.ts')).runWitness)),
  },
  {
    name: 'doctor',
    usage: 'doctor',
    does: 'says what works, what is wrong, and what to do about it',
    helpText: `Looks at the machine, the settings, the folders, the keys and the databases. Of a running Safelight it says what the page
“System health” says, by the same rules. Changes nothing. Ends with 1 when something must be done.`,
    dataHelp: runningDatabaseHelp,
    options: {},
    run: withoutArguments(loadOnRun(async () => (await import('./commands/doctor.ts')).runDoctor)),
  },
  {
    name: 'intake keys',
    usage: 'intake keys',
    does: 'prints the public keys that reports from the public are sealed to',
    helpText: `One line, for SAFELIGHT_INTAKE_KEYS of a public door that runs apart from the staff door: it then holds no other key.
Works on the file in SAFELIGHT_KEYS, or keys.json in the data folder. Asks no database, and makes nothing.`,
    options: {},
    run: withoutArguments(loadOnRun(async () => (await import('./commands/intake-keys.ts')).printIntakeKeys)),
  },
  {
    name: 'log rotate-key',
    usage: 'log rotate-key',
    does: 'gives both logs a new key to be signed with from the next start on',
    helpText: `The old key stays in the file for what it has signed. People who verify need both keys. Tell them the new public keys, which
are printed here. Works on the file in SAFELIGHT_LOG_KEYS, or log-keys.json in the data folder.`,
    dataHelp: runningDatabaseHelp,
    options: {},
    run: withoutArguments(loadOnRun(async () => (await import('./commands/log-rotate-key.ts')).rotateKey)),
  },
  ...backupCommands(loadOnRun, withoutArguments),
];
