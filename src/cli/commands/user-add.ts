/** `safelight user add`: adds a member with an account, and the agency if it is new. In live mode, this is how the first account is made. */

import type { z } from 'zod';
import { access } from '../../app.ts';
import {
  type Agency,
  addAgency,
  addMember,
  checkRolesAllowed,
  hashPassword,
  listAgencies,
  type Member,
  MemberForm,
  type MemberRefusal,
  newToken,
} from '../../identity/agencies/index.ts';
import { addInvitation, type Invitation, invitationExpiry, invitationHours } from '../../identity/members/index.ts';
import type { Actor } from '../../platform/access-policy/access.ts';
import { createLogRow, newRequestId, writeLog } from '../../platform/audit-hook/audit.ts';
import {
  type AnyTables,
  beginReading,
  beginWriting,
  setContext,
  type Writer,
} from '../../platform/database/database.ts';
import { codeOf, uniqueViolation } from '../../platform/database/violations.ts';
import type { Runtime } from '../../platform/start.ts';
import { newId } from '../../vocabulary/ids.ts';
import { accountPaths } from '../../vocabulary/paths/identity.ts';
import { agencyKinds, sideOf } from '../../vocabulary/people.ts';
import {
  type ExitCode,
  exitCodes,
  getTextOption,
  hasFlag,
  type ParsedArguments,
  Refusal,
  type Terminal,
  usageError,
  withRuntime,
} from '../command.ts';

const refusalWords: Record<MemberRefusal, string> = {
  'no role': 'Give at least one --role.',
  'safeguarding behind the wall': 'A member of police or immigration cannot hold a safeguarding role.',
  'administrator with cases': 'An administrator holds no other role, so that who runs the accounts sees no case.',
};

export type Person = Pick<Member, 'name' | 'title' | 'roles'> & { readonly email: string; readonly password: string };
export type AgencyChoice =
  | { readonly known: string }
  | { readonly made: Pick<Agency, 'name' | 'officialName' | 'kind' | 'firstResponder'> };

export async function addUser(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const agency = readAgencyOption(given);
  const typed = {
    name: getTextOption(given, 'name', 'Give a --name.'),
    title: getTextOption(given, 'title', 'Give the rank or job, with --title.'),
    email: getTextOption(given, 'email', 'Give the address to sign in with, --email.'),
    roles: (given.options.role as readonly string[] | undefined) ?? [],
  };
  const asked = MemberForm.omit({ password: true }).safeParse(typed);
  if (!asked.success) throw usageError(formatIssue(asked.error));
  if ('made' in agency) refuseForbiddenRoles(sideOf[agency.made.kind], asked.data.roles);
  if (hasFlag(given, 'invite')) {
    if (hasFlag(given, 'password-stdin')) throw usageError('Give either --invite or --password-stdin.');
    return invite(agency, asked.data, terminal);
  }
  const password = await readPassword(given, terminal);
  const checked = MemberForm.shape.password.safeParse(password);
  if (!checked.success) throw usageError(formatIssue(checked.error));
  return withRuntime(terminal, async (opened) => {
    const added = await addPerson(opened, agency, { ...asked.data, password });
    terminal.printLine(
      `${asked.data.name} of ${added.agency.name} signs in with ${asked.data.email}, as ${asked.data.roles.join(', ')}.`,
    );
    terminal.tell(approvalNote);
    return exitCodes.done;
  });
}

/** The operator of the machine needs the confirmation of a second person too, so that they cannot invent members. */
const approvalNote =
  'The first administrator and the first data-protection lead of an installation, without another role, begin at once. Everybody else’s roles begin when a data-protection lead has confirmed them on the page “Role approvals”.';

type InvitedPerson = Omit<Person, 'password'>;

/** The link alone goes to standard output, so that a script can hand it on. */
const invite = (agency: AgencyChoice, person: InvitedPerson, terminal: Terminal): Promise<ExitCode> =>
  withRuntime(terminal, async (opened) => {
    const invited = await invitePerson(opened, agency, person);
    terminal.printLine(`${opened.config.origin}${accountPaths.join(invited.token)}`);
    terminal.tell(
      `${person.name} of ${invited.agency.name} joins with this link, once, within ${invitationHours} hours, as ${person.roles.join(', ')}. It is shown this once.`,
    );
    terminal.tell(approvalNote);
    return exitCodes.done;
  });

function readAgencyOption(given: ParsedArguments): AgencyChoice {
  const name = getTextOption(given, 'agency', 'Give the --agency, by its name or its id.');
  const kind = getTextOption(given, 'new-agency');
  if (!kind) {
    if (getTextOption(given, 'official-name') || hasFlag(given, 'first-responder'))
      throw usageError('--official-name and --first-responder belong to --new-agency.');
    return { known: name };
  }
  const known = agencyKinds.find((one) => one === kind);
  if (!known) throw usageError(`There is no kind of agency “${kind}”. The kinds are: ${agencyKinds.join(', ')}.`);
  const officialName = getTextOption(given, 'official-name') || name;
  return { made: { name, officialName, kind: known, firstResponder: hasFlag(given, 'first-responder') } };
}

const formatIssue = (error: z.ZodError): string => {
  const [issue] = error.issues;
  const where = issue?.path[0] === 'roles' ? 'There is no such --role, or none was given' : issue?.message;
  return `${where}. See safelight user add --help.`;
};

function refuseForbiddenRoles(side: Agency['side'], roles: Member['roles']): void {
  const may = checkRolesAllowed(side, roles);
  if (!may.ok) throw new Refusal(refusalWords[may.refusal]);
}

async function readPassword(given: ParsedArguments, terminal: Terminal): Promise<string> {
  if (hasFlag(given, 'password-stdin')) return (await terminal.readAll()).toString('utf8').replace(/\r?\n$/, '');
  if (!terminal.askSecret)
    throw usageError('There is no terminal to ask for the password. Send it to standard input with --password-stdin.');
  const password = await terminal.askSecret('First password: ');
  if ((await terminal.askSecret('Once more: ')) !== password)
    throw new Refusal('The two were not the same. Nothing was added.');
  return password;
}

/** Adds the member, and the agency if it is new, in one transaction with their log rows. Acts as an administrator without a member record, so the log names no member. */
export async function addPerson(
  opened: Runtime,
  wanted: AgencyChoice,
  { email, password, ...person }: Person,
): Promise<{ readonly agency: Agency; readonly member: Member }> {
  const account = { email, passwordHash: await hashPassword(password) };
  return withAgency(opened, wanted, person.roles, account.email, async ({ agency, tx, log }) => {
    const member: Member = { ...person, id: newId(), agencyId: agency.id, endedAt: null };
    await addMember(tx, member, account);
    await log('account.add', 'account.added', member.id, ['name', 'title', 'email', 'roles']);
    return { agency, member };
  });
}

/** The same, but the person chooses their own password through a link for one use. */
export async function invitePerson(
  opened: Runtime,
  wanted: AgencyChoice,
  { email, ...person }: InvitedPerson,
): Promise<{ readonly agency: Agency; readonly token: string }> {
  const now = opened.clock.now();
  const token = newToken();
  return withAgency(opened, wanted, person.roles, email, async ({ agency, tx, log }) => {
    const invitation: Invitation = {
      ...person,
      id: newId(),
      agencyId: agency.id,
      memberId: newId(),
      email,
      madeBy: null,
      madeAt: now,
      expiresAt: invitationExpiry(now),
    };
    await addInvitation(tx, invitation, token);
    await log('invitation.make', 'invitation.made', invitation.memberId, ['name', 'title', 'email', 'roles']);
    return { agency, token };
  });
}

type Log = (action: string, event: string, subject: string, fields: readonly string[]) => Promise<void>;
type AgencyTransaction = { readonly agency: Agency; readonly tx: Writer<AnyTables>; readonly log: Log };

/** Finds or makes the agency and adds to it, all in one transaction. */
async function withAgency<Added>(
  { databases, clock }: Runtime,
  wanted: AgencyChoice,
  roles: Member['roles'],
  email: string,
  add: (adding: AgencyTransaction) => Promise<Added>,
): Promise<Added> {
  const now = clock.now();
  const known = await readAgencies();
  const agency = 'made' in wanted ? newAgency(wanted.made, known) : getAgency(wanted.known, known);
  refuseForbiddenRoles(agency.side, roles);
  const tx = await beginWriting(databases.for('main', 'staff'));
  try {
    await setContext(tx, { now, actor: administratorOf(agency) });
    if ('made' in wanted) {
      await addAgency(tx, agency);
      await log('agency.add', 'agency.added', agency.id, ['name', 'officialName', 'kind']);
    }
    const added = await add({ agency, tx, log });
    await tx.commit().execute();
    return added;
  } catch (error) {
    await tx.rollback().execute();
    if (codeOf(error) === uniqueViolation)
      throw new Refusal(`Somebody already signs in with ${email}, or with an address that looks the same.`);
    throw error;
  }

  async function readAgencies(): Promise<Agency[]> {
    const reading = await beginReading(databases.for('main', 'staff'));
    try {
      await setContext(reading, { now, actor: administratorOf(noAgency) });
      return (await listAgencies(reading)).filter(({ endedAt }) => !endedAt);
    } finally {
      await reading.commit().execute();
    }
  }

  async function log(action: string, event: string, subject: string, fields: readonly string[]): Promise<void> {
    const who = { now, action: access.action(action), actor: administratorOf(agency), requestId: newRequestId() };
    const row = createLogRow(who, event, subject, 'collection', { fields, reason: 'at the command line' });
    await writeLog(tx, [{ ...row, memberId: null }]);
  }
}

type AgencySummary = { readonly id: string; readonly name: string; readonly side: Agency['side'] };
const noAgency: AgencySummary = { id: '', name: '', side: 'help' };

/** The member id of the command line. It can read what every member may read, and the log names no member. */
const noMemberId = '00000000-0000-0000-0000-000000000000';

const administratorOf = ({ id, name, side }: AgencySummary): Actor => ({
  memberId: noMemberId,
  memberName: '',
  agencyId: id,
  agencyName: name,
  side,
  roles: ['administrator'],
  operations: [],
  partnerOperations: [],
  teams: [],
});

function newAgency(
  wanted: Pick<Agency, 'name' | 'officialName' | 'kind' | 'firstResponder'>,
  known: readonly Agency[],
): Agency {
  if (known.some(({ name }) => name === wanted.name))
    throw new Refusal(`There is an agency “${wanted.name}” already: leave --new-agency out.`);
  return { ...wanted, id: newId(), side: sideOf[wanted.kind] };
}

function getAgency(asked: string, known: readonly Agency[]): Agency {
  const found = known.filter(({ id, name, officialName }) => [id, name, officialName].includes(asked));
  const [agency, another] = found;
  if (!agency) throw new Refusal(`There is no agency “${asked}”. To make it, add --new-agency KIND.`);
  if (another) throw new Refusal(`Several agencies are called “${asked}”: give the id of the one you mean.`);
  return agency;
}
