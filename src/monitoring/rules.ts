/** The rules of the page System health, of `safelight doctor` and of the metric `safelight_finding`: what is measured, its limit, and what to do. Pure. */
import { formatAge, formatBytes } from './amounts.ts';
import { backupRules } from './backup-rules.ts';
import type { Measures, QueueMeasures, StoreMeasures } from './measures.ts';
import { type Finding, limits, type Rule } from './rule.ts';

const storeNames = { main: 'main database', safeguarding: 'safeguarding database' } as const;
type Store = keyof typeof storeNames;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const reachedRule = (store: Store): Rule => ({
  name: `${store}_database`,
  title: capital(storeNames[store]),
  judge: (measures) => {
    const found = measures[store];
    if (found === 'elsewhere') return undefined;
    if (found === 'away')
      return {
        says: `The ${storeNames[store]} does not answer within 2 seconds.`,
        cure: 'Check that its server runs and that this machine reaches it. Nothing can be saved there until then.',
      };
    if (found.readOnly)
      return {
        says: `The ${storeNames[store]} is a replica, or takes no changes.`,
        cure: 'Let the address of this process lead to the primary. HAProxy does so when its check asks for the primary.',
      };
    return { says: `The ${storeNames[store]} answers and takes changes (PostgreSQL ${found.version}).` };
  },
});

const schemaRule = (store: Store): Rule => ({
  name: `${store}_schema`,
  title: `Schema of the ${storeNames[store]}`,
  judge: (measures) => {
    const found = reached(measures[store]);
    if (!found) return undefined;
    return found.schemaFits
      ? { says: `Its tables, functions and rights are those of this version (${found.schemaName}).` }
      : {
          says: `Its tables, functions or rights are those of another version than this process (${found.schemaName}).`,
          cure: 'Run the same version everywhere, then run safelight migrate.',
        };
  },
});

const replicationRule = (store: Store): Rule => ({
  name: `${store}_replication`,
  title: `Copies of the ${storeNames[store]}`,
  judge: (measures) => {
    const found = reached(measures[store]);
    if (!found || found.readOnly) return undefined;
    const { replicas, synchronous } = found;
    if (replicas.length === 0)
      return synchronous
        ? {
            says: 'No replica is connected, and a change waits until one confirms it.',
            cure: 'Start a replica. Until then pages that save something wait and fail.',
          }
        : {
            says: 'There is no replica: the data are on one machine.',
            advice: 'A backup on another machine is the only copy. For more, add a replica.',
          };
    const lag = Math.max(...replicas.map(({ lagSeconds }) => lagSeconds ?? 0));
    if (lag > limits.replicationLag)
      return {
        says: `A replica is ${formatAge(lag)} behind.`,
        cure: 'Check the network and the disk of the replica. If the primary is lost now, changes of that time may be lost.',
      };
    const counted = replicas.length === 1 ? '1 replica is connected' : `${replicas.length} replicas are connected`;
    return replicas.some(({ state }) => state === null)
      ? {
          says: `${counted}. This login cannot read how far behind.`,
          advice: 'Let it: run deploy/compose/database/show-replicas.sql in this database as superuser.',
        }
      : { says: `${counted} and up to date.` };
  },
});

const clockRule = (store: Store): Rule => ({
  name: `${store}_clock`,
  title: `Clock of the ${storeNames[store]}`,
  judge: (measures) => {
    const found = reached(measures[store]);
    if (!found) return undefined;
    const apart = Math.abs(found.clockApartSeconds);
    return apart > limits.clockApart
      ? {
          says: `Its clock and that of this process are ${formatAge(apart)} apart.`,
          cure: 'Set both machines by the same time service.',
        }
      : { says: 'Its clock agrees with that of this process.' };
  },
});

const queueRules = (store: Store): Rule[] => {
  const { main } = { main: store === 'main' };
  const limit = main ? limits.waiting : limits.waitingByHour;
  const queuesOf = (measures: Measures): QueueMeasures | undefined => reached(measures[store])?.queues;
  return [
    {
      name: `${store}_outbox`,
      title: `Events of the ${storeNames[store]}`,
      judge: (measures) => {
        const queues = queuesOf(measures);
        if (!queues) return undefined;
        if (queues.outboxGivenUp > 0)
          return {
            says: 'An event was tried ten times and failed.',
            cure: 'Find the error in the log of the process with the background work, and report it. A notification or a crossing may be missing.',
          };
        return (queues.outboxSeconds ?? 0) > limit
          ? {
              says: main
                ? `The oldest event has waited ${formatAge(queues.outboxSeconds ?? 0)}.`
                : 'An event has waited for more than two hours.',
              cure: 'Check the background work, and the log of its process.',
            }
          : { says: 'Every event was handled in time.' };
      },
    },
    {
      name: `${store}_seal`,
      title: `Seal of the log in the ${storeNames[store]}`,
      judge: (measures) => {
        const queues = queuesOf(measures);
        if (!queues) return undefined;
        return (queues.unsealedSeconds ?? 0) > limit
          ? {
              says: main
                ? `The oldest row of the access log has waited ${formatAge(queues.unsealedSeconds ?? 0)} for its seal.`
                : 'A row of the access log has waited for more than two hours for its seal.',
              cure: 'Check the background work and the file in SAFELIGHT_LOG_KEYS. A transaction that never ends holds sealing up too.',
            }
          : { says: 'Every row of the access log was sealed in time.' };
      },
    },
  ];
};

const reached = (store: Measures[Store]): StoreMeasures | undefined => (typeof store === 'string' ? undefined : store);

const background: Rule = {
  name: 'background_work',
  title: 'Background work',
  judge: ({ main }) => {
    const led = reached(main)?.led;
    if (led === undefined) return undefined;
    return led
      ? { says: 'A process does the background work.' }
      : {
          says: 'No process does the background work.',
          cure: 'Start a process that has the address DATABASE_URL_LEADER. Until then nothing is sealed, sent or erased.',
        };
  },
};

const messages: Rule = {
  name: 'messages',
  title: 'E-mails and texts',
  judge: ({ main, messagesSetUp }) => {
    if (!messagesSetUp)
      return { says: 'No mail server and no text gateway is set.', notSetUp: true, advice: 'Set SAFELIGHT_SMTP.' };
    const failing = reached(main)?.failingMessages;
    if (failing === undefined) return undefined;
    return failing.length === 0
      ? { says: 'The servers take messages to members.' }
      : {
          says: `The ${failing.map((way) => (way === 'email' ? 'mail server' : 'text gateway')).join(' and the ')} does not take messages.`,
          cure: 'Read the code on the page Delivery of messages, and check the settings and the server.',
        };
  },
};

const certificate: Rule = {
  name: 'mail_certificate',
  title: 'Certificates for the mail server',
  judge: ({ certificateSeconds: left }) => {
    if (left === undefined) return undefined;
    if (left > limits.certificate) return { says: `They are valid for ${formatAge(left)} more.` };
    return {
      says: left <= 0 ? 'A certificate in SAFELIGHT_SMTP_CA has ended.' : `One ends in ${formatAge(left)}.`,
      cure: 'Put the new certificates into the file in SAFELIGHT_SMTP_CA and restart.',
    };
  },
};

/** A renewal by a machine happens a month before the end: what is nearer has failed twice. */
const siteCertificate: Rule = {
  name: 'site_certificate',
  title: 'Certificates of the sites',
  judge: ({ siteCertificates }) => {
    if (siteCertificates.length === 0) return undefined;
    const read = siteCertificates.filter((one) => one.state === 'read');
    const wrong = read.find(({ fitsHost }) => !fitsHost);
    if (wrong)
      return {
        says: `${wrong.host} answers with a certificate for another name: browsers refuse it.`,
        cure: 'Give the proxy the certificate of this name, and load it.',
      };
    const [next] = read.toSorted((one, other) => one.secondsLeft - other.secondsLeft);
    if (!next)
      return {
        says: 'No site is reached from this machine.',
        advice: 'Watch the certificates where the proxy runs.',
      };
    const left = next.secondsLeft;
    if (left > limits.certificate) return { says: `The next one, of ${next.host}, ends in ${formatAge(left)}.` };
    return {
      says:
        left <= 0
          ? `That of ${next.host} has ended: browsers refuse it.`
          : `That of ${next.host} ends in ${formatAge(left)}.`,
      cure: 'Renew it, let the proxy load it, and look why it was not renewed by itself.',
    };
  },
};

const diskRule = (folder: 'data' | 'files', title: string): Rule => ({
  name: `${folder}_disk`,
  title,
  judge: ({ free }) => {
    const bytes = free[folder];
    if (bytes === undefined) return undefined;
    const says = `${formatBytes(bytes)} are free.`;
    if (bytes < limits.diskLow) return { says, cure: 'Free some: below 1 GB the database may have to stop.' };
    return bytes < limits.diskTight
      ? { says, advice: 'Plan for more: below 1 GB the database may have to stop.' }
      : { says };
  },
});

const filesStore: Rule = {
  name: 'files_store',
  title: 'Store of files',
  judge: ({ filesStore: found }) => {
    if (!found) return undefined;
    if (found.state === 'fine') return { says: 'It answers, and keeps nothing that is deleted.' };
    if (found.state === 'away')
      return {
        says: `No answer: ${found.says}.`,
        cure: 'Check that it runs, and that this machine reaches SAFELIGHT_FILES_ENDPOINT. Reports are kept meanwhile, without files.',
      };
    if (found.state === 'refused')
      return {
        says: `It refuses this process: ${found.says}.`,
        cure: 'Check the bucket in SAFELIGHT_FILES, the region, both keys, the rights of the key and the clock of this machine.',
      };
    if (found.state === 'keeps versions')
      return {
        says: 'The bucket has versioning, so what is erased stays in it.',
        cure: 'Move the files to a bucket that never had versioning or object lock. docs/operations/files.md says how.',
      };
    return {
      says: 'Nobody knows whether the bucket keeps what is deleted: this key may not ask.',
      cure: 'Allow the key to read the versioning of the bucket (s3:GetBucketVersioning).',
    };
  },
};

const pool: Rule = {
  name: 'pool',
  title: 'Connections of this process',
  judge: ({ poolWaiting }) =>
    poolWaiting >= limits.poolWaiting
      ? {
          says: `${poolWaiting} requests wait for a connection to a database.`,
          cure: 'If it lasts, look for slow statements in the database, or start one more process.',
        }
      : { says: 'Requests get a connection at once.' },
};

const version: Rule = {
  name: 'version',
  title: 'Version',
  judge: ({ version, node }) => ({ says: `Safelight ${version} on Node ${node}.` }),
};

/** In the order of the page. */
export const rules: readonly Rule[] = [
  version,
  reachedRule('main'),
  reachedRule('safeguarding'),
  schemaRule('main'),
  schemaRule('safeguarding'),
  replicationRule('main'),
  replicationRule('safeguarding'),
  clockRule('main'),
  clockRule('safeguarding'),
  pool,
  background,
  ...queueRules('main'),
  ...queueRules('safeguarding'),
  messages,
  certificate,
  siteCertificate,
  ...backupRules,
  diskRule('data', 'Disk of the data folder'),
  diskRule('files', 'Disk of received files'),
  filesStore,
];

/** What every rule says of these measures; a rule that has nothing to judge is left out. */
export const judgeAll = (measures: Measures): Finding[] =>
  rules.flatMap(({ name, title, judge }) => {
    const judged = judge(measures);
    return judged ? [{ name, title, ...judged }] : [];
  });
