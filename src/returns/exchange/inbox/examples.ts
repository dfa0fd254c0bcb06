/** An invented week of a coordinator, for tests. */
import { createHash } from 'node:crypto';
import { exampleReturn, keyNamed, type Said } from '../document/examples.ts';
import { findInconsistencies } from '../document/reading.ts';
import type { ExchangeWeek, Kept, RegisteredKey, Reporter } from './inbox.ts';

export const lea: Reporter = { name: 'Lea Vale Constabulary', country: 'GB', level: 'force', partOf: null };
export const stort: Reporter = { name: 'Stort Police', country: 'GB', level: 'force', partOf: null };

export const exampleWeek = (more: Partial<ExchangeWeek> = {}): ExchangeWeek => ({
  startsOn: '2026-09-14',
  endsOn: '2026-09-20',
  deadline: new Date('2026-09-22T11:00:00Z'),
  definitions: ['2026-11'],
  reporters: [lea, stort],
  ...more,
});

export const keyOf = ({ name, country, level }: Reporter, more: Partial<RegisteredKey> = {}): RegisteredKey => ({
  publicKey: keyNamed(name).publicKey,
  name,
  country,
  level,
  endedAt: null,
  ...more,
});

export const beforeDeadline = new Date('2026-09-21T12:00:00Z');

/** A document of this reporter as the inbox keeps it. */
export function keptReturn(reporter: Reporter, said: Said = {}, receivedAt = beforeDeadline): Kept {
  const { name, country, level } = reporter;
  const document = exampleReturn({ ...said, reporter: { name, country, level, ...said.reporter } }, keyNamed(name));
  const arrival = findInconsistencies(document).length > 0 ? 'does not add up' : 'readable';
  const id = createHash('sha256').update(JSON.stringify(document)).update(receivedAt.toISOString()).digest('hex');
  return { id, receivedAt, arrival, document };
}
