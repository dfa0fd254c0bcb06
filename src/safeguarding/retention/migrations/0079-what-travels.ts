/** Undelivered messages about one person: notices to custody, and answers to police. */
import { heldKeys } from './0078-erasing.ts';

const hers = `(select x.crossing_id from protective_notices x where x.person_id = person
  union select x.taken_back_crossing from protective_notices x where x.person_id = person
  union select i.request_id from information_decisions i where i.person_id = person)`;

export const keysOnTheWay = `${heldKeys}
  union all select decode(o.details ->> 'wrapped', 'base64') from outbox o where o.details ->> 'wrapped' is not null and o.about in ${hers}`;

export const goneOnTheWay = `delete from outbox o where o.about in ${hers};`;
