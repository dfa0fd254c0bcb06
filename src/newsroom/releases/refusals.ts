/** Why a step of a release is refused, in the words of its page. */
import type { FormErrors } from '../../platform/http/server.ts';
import type { CheckRefusal } from '../release-check/name-check.ts';
import type { ApprovalRefusal, EditRefusal, PublishRefusal, SubmitRefusal } from './release.ts';

const changedSince: FormErrors = {
  '': 'Somebody changed this release after you opened it. Nothing was done. Look at it as it is now, then decide.',
};

type Refusal =
  | EditRefusal
  | SubmitRefusal
  | ApprovalRefusal
  | PublishRefusal
  | CheckRefusal
  | 'not published'
  | 'no correction'
  | 'withdrawn already'
  | 'nothing new'
  | 'gone from the text'
  | 'stopped';

export const refusalErrors: Record<Refusal, FormErrors> = {
  'changed since': changedSince,
  'not open': { '': 'This release is published or withdrawn. To change what is published, begin a correction.' },
  'not a draft': { '': 'This release is no longer a draft.' },
  'not borne out': {
    '': 'Some words must be corrected first. Use figures of the return, take out names and places, or explain why a word can stay.',
  },
  'too many checks': {
    '': 'Your checks found names of the case ten times in 24 hours. Ask the commander of the operation to read the text, and try again tomorrow.',
  },
  'not submitted': { '': 'This release is not waiting for approval.' },
  'you wrote it': { '': 'You wrote part of this. Somebody else approves it.' },
  'your agency wrote it': { '': 'Your agency wrote part of this. The policy asks for the approval of another agency.' },
  'not approved': { '': 'This revision has not been approved.' },
  'not the signed figures': {
    '': 'The figures cannot be read as they were signed. Tell an analyst; until then it cannot be published.',
  },
  'operation not over': {
    '': 'These figures were signed before the operation was over. Wait for a return that is signed after its last day, then take its figures over.',
  },
  'figures overtaken': {
    '': 'A later return has been signed. Take its figures over, and have the text approved again.',
  },
  'policy no longer in force': {
    '': 'The publication policy has changed since the draft. Take the policy in force over, and have the text approved again.',
  },
  'not published': { '': 'Only what is published can be corrected.' },
  'no correction': { '': 'No correction is being written.' },
  'withdrawn already': { '': 'This release has been withdrawn already.' },
  'nothing new': { '': 'Nothing has changed since this was drafted: there is nothing to take over.' },
  stopped: {
    '': 'A safeguarding lead stopped this text. Change it, then submit it again. Nothing was done.',
  },
  'gone from the text': { '': 'These words no longer stand in the text as they did. Look at it as it is now.' },
};
