/** Reports: police read what police were told, the support side what it was told, each of their own agency; a custodian who told it, and nothing else; a data-protection lead says to the public who reads. */
import type { Me, Says, Sentences } from './oracle.ts';

const messages = ['asked', 'replied', 'closed'];

function line(reads: (me: Me) => boolean, side: Me['side']): Readonly<Record<string, Sentences>> {
  const own: Says = (me, { agency_id }) => reads(me) && me.side === side && agency_id === me.agency;
  const ofSeen: Says = (me, { report_id }) => reads(me) && me.side === side && me.sees('reports', report_id);
  const answers = (me: Me): boolean => me.is('data-protection lead') && me.side === side;
  return {
    reports: { read: own, change: own, changes: ['state', 'unread', 'acted_at', 'due_at'] },
    report_parts: {
      read: ofSeen,
      add: (me, row) => ofSeen(me, row) && row.member_id === me.id && messages.includes(String(row.kind)),
    },
    report_files: {
      read: ofSeen,
      change: ofSeen,
      changes: ['state', 'sealed_key', 'copy_id', 'copy_key', 'parts', 'why'],
    },
    report_contacts: {
      read: (me, { agency_id }) => me.is('custodian') && me.side === side && agency_id === me.agency,
    },
    attendances: {
      read: (me) => answers(me) || (reads(me) && me.side === side),
      add: (me, row) => answers(me) && row.set_by === me.id && row.agency_id === me.agency,
    },
  };
}

export const reportsStaff = line((me) => me.is('triage'), 'enforcement');
export const reportsHelp = line((me) => me.is('safeguarding lead', 'partner caseworker'), 'help');
