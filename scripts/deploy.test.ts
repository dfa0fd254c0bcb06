/** What deploy/ ships against the program: settings that exist, processes that may do little, and a proxy as the settings print it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { backupCommands } from '../src/cli/backup-commands.ts';
import { exitCodes } from '../src/cli/command.ts';
import { databaseRoles, settingNames } from '../src/platform/config.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

type Service = {
  readonly image: string;
  readonly user: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly cap_add?: readonly string[];
  readonly pids_limit?: number;
  readonly mem_limit?: string;
  readonly healthcheck: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly restart: string;
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly volumes?: readonly string[];
  readonly secrets?: readonly (string | { readonly source: string })[];
  readonly environment?: Readonly<Record<string, string>>;
};
type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
};
const compose = parse(read('deploy/compose/compose.yaml'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const secretsOf = ({ secrets = [] }: Service) => secrets.map((one) => (typeof one === 'string' ? one : one.source));

/** Images are chosen by a setting of their own, which Compose alone reads. */
const notOurs = new Set(['SAFELIGHT_IMAGE']);
const namesIn = (text: string): string[] =>
  [...text.matchAll(/\b(?:SAFELIGHT_[A-Z_]*[A-Z]|(?:SAFEGUARDING_)?DATABASE_URL(?:_[A-Z]+)?)(?![\w$])/g)]
    .map(([name]) => name)
    .filter((name) => !notOurs.has(name));

test('deploy/ names only settings that exist', () => {
  const files = globSync('deploy/{image,compose,systemd,cluster,helm}/**/{*,.*}', { cwd: root, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && !/(^|\/)(secrets|\.env$)/.test(join(entry.parentPath, entry.name).slice(root.length + 1)),
    )
    .map((entry) => join(entry.parentPath, entry.name));
  assert.ok(files.length >= 12, files.join(' '));
  const named = files.flatMap((file) => namesIn(readFileSync(file, 'utf8')).map((name) => ({ file, name })));
  assert.ok(named.length > 30);
  assert.deepEqual(
    named.filter(({ name }) => !settingNames.includes(name)),
    [],
  );
});

test('deploy/ makes a password for each login of the database', () => {
  const [, made = ''] = /^roles=\(([^)]*)\)$/m.exec(read('deploy/compose/make-secrets.sh')) ?? [];
  assert.deepEqual(made.split(' ').sort(), [...databaseRoles].sort());
});

test('every service of the Compose file may do little', () => {
  assert.ok(services.length >= 8);
  for (const [name, service] of services) {
    assert.equal(service.read_only, true, `${name}: read-only root`);
    assert.deepEqual(service.cap_drop, ['ALL'], `${name}: no capabilities`);
    assert.deepEqual(service.security_opt, ['no-new-privileges:true'], name);
    assert.ok(!service.privileged && !service.cap_add, name);
    assert.match(service.user, /^[1-9]\d*:[1-9]\d*$/, `${name}: a user that is not root`);
    assert.ok(service.pids_limit && service.mem_limit, `${name}: limits`);
    assert.ok(service.healthcheck.test ?? service.restart === 'no', `${name}: a health check`);
  }
});

test('only the proxy has ports, and no network leads from outside to a database or a process', () => {
  for (const [name, { ports, networks }] of services) {
    assert.equal(ports !== undefined, name === 'proxy', name);
    assert.ok(!networks.includes('outside') || name === 'proxy', name);
  }
  const open = Object.entries(compose.networks).filter(([, { internal }]) => !internal);
  assert.deepEqual(
    open.map(([name]) => name),
    ['outside', 'outbound'],
  );
  for (const name of ['database', 'safeguarding-database'])
    assert.deepEqual(compose.services[name]?.networks, ['databases']);
  const [outward, inward] = [compose.services.public?.networks ?? [], compose.services.staff?.networks ?? []];
  assert.ok(!outward.includes('outbound'), 'the public process calls nobody');
  assert.deepEqual(
    outward.filter((network) => inward.includes(network)),
    [],
    'the public process does not reach the staff process',
  );
});

test('each process gets its own secrets and its own keys', () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    proxy: [],
    public: ['public'],
    staff: ['staff'],
    background: ['background'],
    manage: ['owner', 'roles'],
    leave: ['owner', 'backup', 'roles'],
    backup: ['backup', 'roles'],
    'backup-log': ['backup'],
    pgbouncer: ['pool-users'],
    database: ['superuser', 'owner-password', 'backup-password'],
    'safeguarding-database': ['safeguarding-superuser', 'safeguarding-owner-password', 'backup-password'],
  };
  assert.deepEqual(Object.fromEntries(services.map(([name, service]) => [name, secretsOf(service)])), expected);
  assert.deepEqual(
    compose.services.public?.volumes,
    ['files:/var/lib/safelight/files'],
    'the public process holds no key',
  );
  assert.ok(!compose.services.staff?.volumes?.some((volume) => volume.startsWith('log-keys')));
  const script = read('deploy/compose/make-secrets.sh');
  for (const { file } of Object.values(compose.secrets))
    assert.match(script, new RegExp(`write ${file.replace('./secrets/', '')} `), `${file} is made`);
});

test('no secret is in what is shipped', () => {
  for (const [name, { environment = {} }] of services)
    for (const setting of Object.keys(environment))
      assert.doesNotMatch(setting, /URL|SMTP|KEY(?!_HALVES)|SECRET|PASSWORD$/, name);
  assert.doesNotMatch(read('deploy/compose/.env.example'), /:\/\/[^\s/]+:[^\s/]+@/);
});

test('every image has a version', () => {
  const images = [
    ...[...read('deploy/compose/.env.example').matchAll(/^\w+_IMAGE=(.*)$/gm)].map(([, image = '']) => image),
    ...globSync('deploy/**/Containerfile', { cwd: root }).flatMap((file) =>
      [...read(file).matchAll(/^(?:FROM|ARG BASE=) ?(\S+)/gm)].map(([, image = '']) => image),
    ),
  ].filter((image) => !/^(scratch$|\$)/.test(image));
  assert.ok(images.length >= 6, images.join(' '));
  for (const image of images) {
    assert.match(image, /^[a-z.]+\/[a-z/-]+:[\w.-]+$/);
    assert.doesNotMatch(image, /:latest$/);
  }
  for (const [name, { image }] of services) assert.match(image, /^\$\{[A-Z]+_IMAGE:\?\}$/, name);
});

test('the proxy is configured as the settings print it', () => {
  const printed = /```haproxy\n([\s\S]*?)```/.exec(read('docs/settings.md'))?.[1] ?? '';
  const shipped = read('deploy/compose/haproxy.cfg');
  const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() && !/^\s*#/.test(line));
  const changed = /^ {2}(bind|server|default-server|http-check send) /;
  const lacking = linesOf(printed).filter((line) => !changed.test(line) && !linesOf(shipped).includes(line));
  assert.deepEqual(lacking, []);
  assert.doesNotMatch(shipped, /^\s*log\b|X-Forwarded-Host|retry-on/m);
  for (const line of shipped.match(/^ {2}default-server .*$/gm) ?? [])
    assert.match(line, /check inter 1s fall 2 rise 1/);
  assert.equal(
    shipped.match(/set-header X-Forwarded-For %\[src\]/g)?.length,
    2,
    'both backends replace what a browser sends',
  );
});

test('the databases hide the same statistics as the embedded one', () => {
  const pattern = (text: string) => /proname ~ '([^']+)'/.exec(text)?.[1];
  const own = pattern(read('src/platform/embedded-postgres/embedded.ts'));
  assert.ok(own);
  assert.equal(pattern(read('deploy/compose/database/hide-statistics.sql')), own);
});

test('each unit runs as a user of its own that may do little', () => {
  const units = globSync('deploy/systemd/*.service', { cwd: root }).map((path) => ({ path, text: read(path) }));
  assert.equal(units.length, 4);
  for (const line of [
    'User=safelight',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    'CapabilityBoundingSet=',
    'UMask=0077',
  ])
    for (const { path, text } of units) assert.ok(text.split('\n').includes(line), `${path}: ${line}`);
});

test('each timer starts a unit that is there, and the commands of the units exist', () => {
  const commands = backupCommands(
    () => async () => exitCodes.done,
    (run) => run,
  );
  for (const timer of globSync('deploy/systemd/*.timer', { cwd: root })) {
    assert.match(read(timer), /^OnCalendar=.+\n[\s\S]*^Persistent=true$/m);
    const unit = read(timer.replace(/timer$/, 'service'));
    const started = [...unit.matchAll(/^ExecStart=\S+ \/opt\/safelight\/dist\/cli\.js (backup \w+)(.*)$/gm)];
    assert.ok(started.length > 0, timer);
    for (const [, name = '', given = ''] of started) {
      const command = commands.find((one) => one.name === name);
      for (const [, option = ''] of given.matchAll(/--([\w-]+)/g))
        assert.ok(command?.options && option in command.options, `${name} --${option}`);
    }
  }
});

type Patroni = {
  readonly bootstrap: {
    readonly dcs: Readonly<Record<string, unknown>> & {
      readonly postgresql: { readonly parameters: Readonly<Record<string, unknown>> };
    };
  };
  readonly postgresql: {
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly pg_hba: readonly string[];
    readonly authentication: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
  readonly restapi: Readonly<Record<string, string>>;
};
const filledIn = (text: string): string => text.replaceAll(/@([A-Z_\d]+)@/g, 'filled-in-$1');

test('the cluster never loses what was answered, and goes on without etcd', () => {
  const { bootstrap, postgresql } = parse(filledIn(read('deploy/cluster/patroni.yml'))) as Patroni;
  const { postgresql: ofAll, ...values } = bootstrap.dcs;
  assert.deepEqual(values, {
    ttl: 20,
    loop_wait: 5,
    retry_timeout: 5,
    synchronous_mode: true,
    synchronous_mode_strict: true,
    failsafe_mode: true,
    maximum_lag_on_failover: 256 * 1_048_576,
    primary_start_timeout: 10,
    ignore_slots: [{ type: 'physical' }],
  });
  const { parameters } = ofAll;
  assert.equal(parameters.synchronous_commit, 'on');
  assert.equal(parameters.client_min_messages, 'notice', 'a cancelled wait is known by its warning');
  assert.equal(parameters.log_min_error_statement, 'panic', 'nothing that people type is in the log');
  assert.equal(parameters.log_parameter_max_length_on_error, 0);
  assert.equal(parameters.max_slot_wal_keep_size, '4GB', 'a machine that is away does not fill the disk');
  assert.equal(parameters.summarize_wal, 'on', 'incremental backups');
  assert.equal(parameters.wal_sender_timeout, '10s');
  assert.ok(!('synchronous_standby_names' in parameters || 'synchronous_standby_names' in postgresql.parameters));
});

test('a host that froze with the etcd that leads does not become the primary again', () => {
  const { etcd, etcd3 } = parse(filledIn(read('deploy/cluster/patroni.yml'))) as Record<string, object>;
  assert.ok(etcd && etcd3 === undefined, 'leases of the newer interface are taken away by who wakes');
  assert.ok(read('deploy/cluster/etcd.env').split('\n').includes('ETCD_ENABLE_V2=true'));
});

test('nothing of the cluster is reached without TLS and a certificate or a password', () => {
  const { postgresql, restapi } = parse(filledIn(read('deploy/cluster/patroni.yml'))) as Patroni;
  assert.equal(restapi.verify_client, 'optional', 'to change anything needs a certificate');
  const lines = postgresql.pg_hba.map((line) => line.split(/\s+/));
  assert.deepEqual(
    lines.filter(([type]) => type !== 'hostssl').map((line) => line.join(' ')),
    ['local all postgres peer'],
  );
  for (const line of lines) assert.match(line.at(-1) ?? '', /^(peer|scram-sha-256|reject)$/);
  const reject = lines.findIndex((line) => line.at(-1) === 'reject');
  assert.ok(reject > 0 && reject === lines.length - 2, 'superusers and replication come from the cluster alone');
  assert.equal(postgresql.authentication.superuser?.password, undefined);
  for (const login of ['replication', 'rewind'])
    assert.equal(postgresql.authentication[login]?.sslmode, 'verify-ca', login);
  const etcd = read('deploy/cluster/etcd.env');
  for (const name of ['ETCD_CLIENT_CERT_AUTH=true', 'ETCD_PEER_CLIENT_CERT_AUTH=true'])
    assert.ok(etcd.split('\n').includes(name), name);
  assert.doesNotMatch(etcd, /http:/);
});

test('the balancer of the database leads to the primary alone, and cuts who is not any more', () => {
  const balancer = read('deploy/cluster/haproxy.cfg');
  assert.match(balancer, /^ {2}http-check send meth OPTIONS uri \/primary /m);
  assert.match(
    balancer,
    /^ {2}default-server check inter 1s fall 2 rise 1 port 8008 check-ssl verify required .* on-marked-down shutdown-sessions$/m,
  );
  assert.match(balancer, /^ {2}bind 127\.0\.0\.1:/m);
});

test('what is made for a cluster is filled in, has passwords of its own, and its keys are closed to others', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-deploy-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const make = (name: string) => {
    const machines = ['db1=10.0.0.11', 'db2=10.0.0.12', 'db3=10.0.0.13'];
    const given = ['main', join(folder, name), '10.0.0.0/24', '5433', ...machines];
    return spawnSync(join(root, 'deploy/cluster/make-files.sh'), given, { encoding: 'utf8' });
  };
  assert.equal(make('one').status, 0);
  assert.equal(make('one').status, 1, 'nothing that is there is overwritten');
  assert.equal(make('other').status, 0);
  const passwords = new Set<string>();
  for (const cluster of ['one', 'other'])
    for (const [at, machine] of ['db1', 'db2', 'db3'].entries()) {
      const of = (file: string) => readFileSync(join(folder, cluster, machine, file), 'utf8');
      for (const file of ['config.yml', 'etcd']) assert.doesNotMatch(of(file), /@[A-Z_\d]+@/, file);
      const { name, postgresql } = parse(of('config.yml')) as Patroni & { readonly name: string };
      assert.equal(name, machine);
      passwords.add(postgresql.authentication.replication?.password ?? '');
      const certificate = new X509Certificate(of('tls/machine.crt'));
      assert.ok(certificate.checkIP(`10.0.0.${11 + at}`) && certificate.checkIP('127.0.0.1'));
      assert.ok(certificate.verify(new X509Certificate(of('tls/ca.crt')).publicKey));
      assert.equal(statSync(join(folder, cluster, machine, 'tls/machine.key')).mode & 0o77, 0);
    }
  assert.equal(passwords.size, 2);
});
