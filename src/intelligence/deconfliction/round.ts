/** The background work of the check: keeps the list of each pair, asks what is new in the own plan, compares, and tells members of matches. Runs in the leader; nobody reads what it compares. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { openExchangeKey } from '../../platform/crypto/exchange-key.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { notify } from '../../platform/notifications/index.ts';
import { listRecipients } from '../../platform/notifications/store.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';
import { newId } from '../../vocabulary/ids.ts';
import {
  type Contact,
  type ContactDetails,
  daysAhead,
  findMatches,
  mostQuestions,
  type Partner,
  type Target,
  weekOf,
} from './deconfliction.ts';
import { answerQuestions, blindQuestions, openAnswers, questionsAtOnce, tagOf } from './oblivious-check.ts';
import { checkKeyOf, storedInput } from './pair-keys.ts';
import { askPartner } from './partner-client.ts';
import * as store from './round-store.ts';

/** Entries whose tags are made in one transaction, about a millisecond each: other background work waits no longer. */
const mostAtOnce = 50;
/** A partner is asked for its list again after so many minutes. */
const askAgainMinutes = 5;
const minuteMs = 60_000;
const yearMs = 365 * 86_400_000;

type Round = {
  readonly tx: Writer<AnyTables>;
  readonly keys: UnitKeys;
  readonly now: Date;
  readonly week: string;
  readonly targets: ReadonlyMap<string, readonly Target[]>;
  readonly contacts: readonly Contact[];
  readonly names: ReadonlyMap<string, string>;
};

/** One round for all pairs. True where more waits than fits one transaction. */
export async function comparePlans(tx: Writer<AnyTables>, keys: UnitKeys, now: Date): Promise<boolean> {
  const week = weekOf(now);
  const today = dayOf(now);
  await store.deleteOld(tx, week, new Date(now.getTime() - yearMs));
  const contacts = await store.listContacts(tx);
  if (contacts.length === 0) return false;
  const partners = (await store.listActivePartners(tx)).filter(({ agencyId }) =>
    contacts.some((contact) => contact.agencyId === agencyId),
  );
  const all = await store.listTargets(tx, keys, { from: today, to: addDays(today, daysAhead) });
  const targets = Map.groupBy(all, ({ agencyId }) => agencyId as string);
  const round: Round = { tx, keys, now, week, targets, contacts, names: await store.readAgencyNames(tx) };
  if (await refreshLists(round, partners)) return true;
  if (await compareHere(round)) return true;
  return await comparePartner(round, partners);
}

const inputsOf = (targets: readonly Target[], listed: boolean): readonly string[] => [
  ...new Set(targets.filter(({ hidden }) => !(listed && hidden)).flatMap(({ inputs }) => inputs)),
];

/** Makes the tags that each list lacks, and takes out those of visits that are no longer planned. True where some are left to make. */
async function refreshLists(round: Round, partners: readonly Partner[]): Promise<boolean> {
  let left = mostAtOnce;
  const sides: store.Side[] = [
    ...round.contacts.flatMap(({ agencyId }) =>
      round.contacts
        .filter((other) => other.agencyId !== agencyId)
        .map((other) => ({ agencyId, party: other.agencyId })),
    ),
    ...partners.map(({ id, agencyId }) => ({ agencyId, party: id })),
  ];
  for (const side of sides) {
    left -= await refreshList(round, side, left);
    if (left <= 0) return true;
  }
  return false;
}

async function refreshList({ tx, keys, week, targets }: Round, side: store.Side, most: number): Promise<number> {
  const wanted = new Map(
    inputsOf(targets.get(side.agencyId) ?? [], true).map((input) => {
      const stored = storedInput(keys, input);
      return [stored.toString('hex'), { input, stored }];
    }),
  );
  const held = await store.listTags(tx, side, week, true);
  const there = new Set(held.map(({ input }) => input.toString('hex')));
  const gone = held.filter(({ input }) => !wanted.has(input.toString('hex'))).map(({ input }) => input);
  await store.removeHeld(tx, side, week, gone);
  const missing = [...wanted].filter(([name]) => !there.has(name)).slice(0, most);
  if (missing.length === 0) return 0;
  const key = checkKeyOf(keys, side.agencyId, side.party, week);
  const made = missing.map(([, { input, stored }]) => ({ input: stored, tag: tagOf(key, input) }));
  await store.addTags(tx, side, week, true, made);
  return made.length;
}

/** What an agency has asked already, by input; and what it has not. */
async function readAsked({ tx, keys, week, targets }: Round, side: store.Side) {
  const kept = new Map(
    (await store.listTags(tx, side, week, false)).map(({ input, tag }) => [input.toString('hex'), tag]),
  );
  const inputs = inputsOf(targets.get(side.agencyId) ?? [], false);
  const tags = new Map<string, Buffer>();
  const open: string[] = [];
  for (const input of inputs) {
    const tag = kept.get(storedInput(keys, input).toString('hex'));
    if (tag) tags.set(input, tag);
    else open.push(input);
  }
  return { tags, open: kept.size >= mostQuestions ? [] : open.slice(0, questionsAtOnce) };
}

const toStored = (keys: UnitKeys, tags: ReadonlyMap<string, Buffer>): store.KeptTag[] =>
  [...tags].map(([input, tag]) => ({ input: storedInput(keys, input), tag }));

/** Agencies of this instance, each with each. True after a dozen questions: their answers take a while to make. */
async function compareHere(round: Round): Promise<boolean> {
  for (const { agencyId } of round.contacts)
    for (const other of round.contacts) {
      if (other.agencyId === agencyId) continue;
      const side = { agencyId, party: other.agencyId };
      const { tags, open } = await readAsked(round, side);
      if (open.length > 0 && (await askHere(round, side, open))) return true;
      const list = await store.listTags(round.tx, { agencyId: other.agencyId, party: agencyId }, round.week, true);
      const name = round.names.get(other.agencyId) ?? '';
      await keepMatches(
        round,
        side,
        { name, contact: other },
        tags,
        list.map(({ tag }) => tag),
      );
    }
  return false;
}

/** By the same function and limit as a partner elsewhere. False where no more may be asked in this week. */
async function askHere(
  { tx, keys, week, now, names }: Round,
  side: store.Side,
  open: readonly string[],
): Promise<boolean> {
  const { agencyId, party } = side;
  const counted = { week, now, questions: questionsAtOnce };
  const asker = { ...counted, name: names.get(agencyId) ?? '' };
  const allowed = await store.countQuestions(tx, party, agencyId, asker, mostQuestions);
  await store.noteQuestions(tx, agencyId, party, { ...counted, name: names.get(party) ?? '' }, allowed);
  if (!allowed) return false;
  const questions = blindQuestions(open);
  const answers = answerQuestions(checkKeyOf(keys, party, agencyId, week), questions.asked);
  await store.addTags(tx, side, week, false, toStored(keys, openAnswers(questions, answers)));
  return true;
}

/** The partner that was not asked for the longest time, if it is due. True where the next is due, too. */
async function comparePartner(round: Round, partners: readonly Partner[]): Promise<boolean> {
  const { tx, keys, week, now } = round;
  const due = partners.filter(({ answeredAt, failedAt }) => {
    const last = Math.max(answeredAt?.getTime() ?? 0, failedAt?.getTime() ?? 0);
    return now.getTime() - last >= askAgainMinutes * minuteMs;
  });
  const [partner] = due;
  if (!partner) return false;
  const side = { agencyId: partner.agencyId, party: partner.id };
  const key = openExchangeKey(keys);
  const { tags, open } = await readAsked(round, side);
  const found = new Map(tags);
  for (let left = [...open]; ; ) {
    const questions = left.length > 0 ? blindQuestions(left) : undefined;
    const asked = questions?.asked ?? [];
    const answer = await askPartner(key, partner, { week, now, asked });
    if (!answer.ok) {
      await store.saveHeard(tx, partner.id, { failedAt: now, failure: answer.refusal });
      return due.length > 1;
    }
    const { answers, refused, contact, list } = answer.value;
    if (questions) {
      const counted = { name: partner.name, week, now, questions: asked.length };
      await store.noteQuestions(tx, partner.agencyId, partner.id, counted, !refused);
    }
    if (questions && answers) {
      const opened = openAnswers(questions, answers);
      await store.addTags(tx, side, week, false, toStored(keys, opened));
      for (const [input, tag] of opened) found.set(input, tag);
    }
    left = refused || !questions ? [] : (await readAsked(round, side)).open;
    if (left.length > 0) continue;
    await store.saveHeard(tx, partner.id, { answeredAt: now, failure: null });
    await keepMatches(round, side, { name: partner.name, contact }, found, list);
    return due.length > 1;
  }
}

type Other = { readonly name: string; readonly contact: ContactDetails };

/** Adds what is new, ends what only one side plans now, and opens again what both plan again. Who acknowledged it stays. */
async function keepMatches(
  round: Round,
  side: store.Side,
  { name, contact }: Other,
  tags: ReadonlyMap<string, Buffer>,
  list: readonly Buffer[],
): Promise<void> {
  const { tx, now, targets } = round;
  const listed = new Set(list.map((tag) => tag.toString('hex')));
  const found = findMatches(targets.get(side.agencyId) ?? [], tags, listed);
  const known = await store.listKnownMatches(tx, side);
  const words = {
    partyName: name,
    contactName: contact.name,
    contactTelephone: contact.telephone,
    contactHours: contact.hours,
  };
  for (const match of known) {
    const still = found.some(({ id }) => id === match.target);
    if (!still && match.endedAt === null) await store.changeMatch(tx, match.id, { endedAt: now });
    const changed = match.contactTelephone !== contact.telephone || match.contactName !== contact.name;
    if (still && (match.endedAt !== null || changed || match.contactHours !== contact.hours))
      await store.changeMatch(tx, match.id, { endedAt: null, ...words });
  }
  for (const target of found.filter(({ id }) => !known.some((match) => match.target === id))) {
    const id = newId<'deconfliction match'>();
    const open = { foundAt: now, endedAt: null, acknowledgedBy: null, acknowledgedAt: null };
    const { operationId } = target;
    await store.addMatch(tx, { id, ...side, ...words, target: target.id, operationId, ...open });
    await tell(round, id, target);
  }
}

/** Members who see the match: of the operation its planners and commanders, of intelligence triage. */
async function tell({ tx, now }: Round, subject: string, { agencyId, operationId }: Target): Promise<void> {
  const roles = operationId === null ? (['triage'] as const) : (['planner', 'commander'] as const);
  const holders = await listRecipients(tx, { agency: agencyId, operation: null, roles }, now);
  const there = operationId === null ? undefined : await store.listParticipants(tx, operationId);
  const told = holders.filter(({ memberId }) => there === undefined || there.has(memberId));
  await notify(
    tx,
    told.map(({ memberId }) => ({
      ...{ kind: 'agency to ring' as const, subject, ownerId: agencyId, madeAt: now },
      to: { member: memberId },
    })),
  );
}
