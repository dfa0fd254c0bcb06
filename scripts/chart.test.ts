/** The chart of deploy/helm/ against the program: rendered, every field known, processes that may do little, settings that exist, and values that are refused. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { loadLogKeys } from '../src/audit/log/index.ts';
import { backupCommands } from '../src/cli/backup-commands.ts';
import { exitCodes } from '../src/cli/command.ts';
import { databaseRoles, readConfig, settingNames } from '../src/platform/config.ts';
import { UnitKeys } from '../src/platform/crypto/crypto.ts';
import { examples, findProblems, renderExample } from './chart/check.ts';
import { type Manifest, readValues, type Values } from './chart/render.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const chart = join(root, 'deploy/helm/safelight');

type Container = {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly securityContext: unknown;
  readonly resources: { readonly limits: { readonly memory?: string } };
  readonly volumeMounts: readonly { readonly name: string; readonly readOnly?: boolean }[];
  readonly readinessProbe?: { readonly httpGet?: { readonly path: string } };
};
type Pod = {
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext: Values;
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes: readonly {
    readonly name: string;
    readonly secret?: { readonly secretName: string };
    readonly persistentVolumeClaim?: { readonly claimName: string };
  }[];
};
type Peer = { readonly podSelector?: { readonly matchLabels: Readonly<Record<string, string>> } };
type Policy = {
  readonly ingress?: readonly { readonly from?: readonly Peer[] }[];
  readonly egress: readonly { readonly to: readonly Peer[] }[];
};

const rendered = Object.fromEntries(examples.map((name) => [name, renderExample(name)]));
const live = rendered['live'] as Manifest[];
const find = (kind: string, name: string, manifests = live): Manifest => {
  const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
  assert.ok(found, `${kind}/${name}`);
  return found;
};
const specOf = <Spec>(manifest: Manifest): Spec => manifest['spec'] as Spec;
/** The pods that the chart itself makes. Those of the databases and the poolers are CloudNativePG's. */
const podsOf = (manifests: readonly Manifest[]): { readonly name: string; readonly pod: Pod }[] =>
  manifests.flatMap((manifest) => {
    if (!['Deployment', 'Job', 'CronJob'].includes(manifest.kind)) return [];
    type Held = { readonly template: { readonly spec: Pod }; readonly jobTemplate?: { readonly spec: Held } };
    const spec = specOf<Held>(manifest);
    return [{ name: manifest.metadata.name, pod: (spec.jobTemplate?.spec ?? spec).template.spec }];
  });
const podOf = (name: string, manifests = live): Pod => podsOf(manifests).find((one) => one.name === name)?.pod as Pod;
const containersOf = ({ initContainers = [], containers }: Pod) => [...initContainers, ...containers];

test('every field of every example is one that the chart may use', () => {
  for (const name of examples) assert.deepEqual(findProblems(rendered[name] as Manifest[]), [], name);
  const wrong = live.map((manifest) => ({ ...manifest, metadata: { ...manifest.metadata, lables: {} } }));
  assert.equal(findProblems(wrong).length, live.length, 'a misspelt field is found');
});

test('no two manifests have one name, and each name that a pod mounts is made or listed', () => {
  const names = live.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  assert.equal(new Set(names).size, names.length);
  for (const { name, pod } of podsOf(live)) {
    const volumes = pod.volumes.map((volume) => volume.name);
    assert.equal(new Set(volumes).size, volumes.length, name);
    const mounted = containersOf(pod).flatMap(({ volumeMounts }) => volumeMounts.map((mount) => mount.name));
    assert.deepEqual([...new Set(mounted)].sort(), [...volumes].sort(), name);
  }
});

test('every pod may do little, and every image has a digest', () => {
  for (const name of examples) {
    const pods = podsOf(rendered[name] as Manifest[]);
    assert.ok(pods.length >= 5, name);
    for (const { name: at, pod } of pods) {
      assert.equal(pod.automountServiceAccountToken, false, at);
      const { runAsNonRoot, runAsUser, seccompProfile } = pod.securityContext;
      assert.ok(runAsNonRoot === true && Number(runAsUser) > 0, at);
      assert.deepEqual(seccompProfile, { type: 'RuntimeDefault' }, at);
      for (const container of containersOf(pod)) {
        assert.deepEqual(
          container.securityContext,
          { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
          at,
        );
        assert.match(container.image, /^[a-z\d.:/-]+@sha256:[\da-f]{64}$/, at);
        assert.ok(container.resources.limits.memory, at);
      }
    }
    for (const manifest of rendered[name] as Manifest[])
      if (manifest.kind === 'Cluster')
        assert.match(String(specOf<Values>(manifest)['imageName']), /:17\.\d+[^@]*@sha256:[\da-f]{64}$/);
  }
});

test('each process gets its own secrets and its own keys', () => {
  const secretsOf = (name: string) =>
    podOf(`safelight-${name}`).volumes.flatMap(({ secret, persistentVolumeClaim }) =>
      secret ? [secret.secretName] : persistentVolumeClaim ? [persistentVolumeClaim.claimName] : [],
    );
  const held = ['safelight-keys', 'safelight-key-halves', 'safelight-files'];
  assert.deepEqual(secretsOf('public'), ['safelight-public', 'safelight-files'], 'the public process holds no key');
  assert.deepEqual(secretsOf('staff'), ['safelight-staff', ...held, 'safelight-backups']);
  assert.deepEqual(secretsOf('background'), [
    'safelight-background',
    ...held,
    'safelight-log-keys',
    'safelight-backups',
  ]);
  const owner = ['safelight-owner', ...held, 'safelight-log-keys', 'safelight-roles'];
  assert.deepEqual(secretsOf('migrate-3'), owner);
  assert.deepEqual(secretsOf('manage'), owner);
  assert.deepEqual(secretsOf('proxy'), []);
});

test('public pods are ready without a database, and a pod is given longer than it drains', () => {
  const ready = (name: string) => podOf(name).containers[0]?.readinessProbe?.httpGet?.path;
  assert.deepEqual([ready('safelight-public'), ready('safelight-staff')], ['/livez', '/readyz']);
  for (const name of examples)
    for (const { name: at, pod } of podsOf(rendered[name] as Manifest[])) {
      const [container] = pod.containers;
      if (!container?.args?.includes('/app/main.js')) continue;
      const drain = Number(container.env?.find((one) => one.name === 'SAFELIGHT_DRAIN_SECONDS')?.value);
      assert.ok(drain >= 3 && Number(pod.terminationGracePeriodSeconds) >= drain + 30, `${name} ${at}`);
    }
});

test('the chart names only settings that exist, and none that holds a secret', () => {
  const set = examples.flatMap((name) =>
    podsOf(rendered[name] as Manifest[]).flatMap(({ pod }) => containersOf(pod).flatMap(({ env = [] }) => env)),
  );
  const names = [...new Set(set.map((one) => one.name))];
  assert.ok(names.length >= 10, names.join(' '));
  assert.deepEqual(
    names.filter((name) => !settingNames.includes(name)),
    [],
  );
  for (const name of names) assert.doesNotMatch(name, /URL|SMTP|KEY|SECRET|PASSWORD/);
  for (const name of examples)
    assert.doesNotMatch(JSON.stringify(rendered[name]), /:\/\/[^\s/"]+:[^\s/"]+@|"kind":"Secret"/);
  for (const { pod } of podsOf(live)) {
    const environment = Object.fromEntries((pod.containers[0]?.env ?? []).map(({ name, value }) => [name, value]));
    assert.doesNotThrow(() => readConfig(environment));
  }
});

test('the backup runs commands that exist, with options that they have', () => {
  const commands = backupCommands(
    () => async () => exitCodes.done,
    (run) => run,
  );
  const startedIn = (example: string): string[][] =>
    containersOf(podOf('safelight-backup', rendered[example])).map(({ args = [] }) =>
      args.slice(args.indexOf('backup')),
    );
  assert.deepEqual(
    startedIn('live').map((args) => args[1]),
    ['create', 'verify', 'prune'],
  );
  for (const args of [...startedIn('live'), ...startedIn('large')]) {
    const command = commands.find((one) => one.name === args.slice(0, 2).join(' '));
    const options = args.filter((one) => one.startsWith('--')).map((one) => one.slice(2));
    for (const option of options) assert.ok(command?.options && option in command.options, `${args[1]} --${option}`);
  }
  assert.ok(!startedIn('live')[0]?.includes('--incremental'));
  assert.deepEqual(startedIn('large')[0]?.slice(-3), ['--incremental', '--full-every', '7']);
});

test('nobody reaches more than they must', () => {
  const peers = (name: string, way: 'ingress' | 'egress'): string[] => {
    const policy = specOf<Policy>(find('NetworkPolicy', `safelight-${name}`));
    const all =
      way === 'egress'
        ? policy.egress.flatMap(({ to }) => to)
        : (policy.ingress ?? []).flatMap(({ from }) => from ?? []);
    return all.map(({ podSelector, ...other }) => {
      const labels = podSelector?.matchLabels ?? {};
      return (
        labels['app.kubernetes.io/component'] ??
        labels['cnpg.io/poolerName'] ??
        labels['cnpg.io/cluster'] ??
        Object.keys(other).join()
      );
    });
  };
  const poolers = ['safelight-main-pooler', 'safelight-safeguarding-pooler'];
  const databases = ['safelight-main', 'safelight-safeguarding'];
  const names = 'namespaceSelector';
  assert.deepEqual(peers('public', 'egress'), [names, ...poolers], 'the public process calls nobody');
  assert.deepEqual(peers('public', 'ingress'), ['proxy']);
  assert.deepEqual(peers('staff', 'egress'), [names, ...poolers, 'ipBlock']);
  assert.deepEqual(peers('background', 'egress'), [names, ...databases, 'ipBlock']);
  for (const name of ['migrate', 'manage', 'backup']) {
    assert.deepEqual(peers(name, 'egress'), [names, ...databases]);
    assert.deepEqual(peers(name, 'ingress'), []);
  }
  assert.deepEqual(peers('proxy', 'egress'), [names, 'public', 'staff']);
  for (const pooler of ['main-pooler', 'safeguarding-pooler'])
    assert.deepEqual(peers(pooler, 'ingress'), ['public', 'staff']);
  const past = ['background', 'migrate', 'manage', 'backup'];
  assert.deepEqual(peers('main-database', 'ingress'), [poolers[0], ...past, databases[0], names]);
  assert.deepEqual(peers('safeguarding-database', 'ingress'), [poolers[1], ...past, databases[1], names]);
  for (const { pod, name } of podsOf(live))
    assert.ok(find('NetworkPolicy', name.replace(/-\d+$/, '')), `${name} with ${pod.containers.length}`);
});

test('files in a bucket need no claim, and each process that keeps files reaches the store alone', () => {
  const large = rendered['large'] as Manifest[];
  for (const { name, pod } of podsOf(large)) {
    assert.ok(!pod.volumes.some((volume) => volume.name === 'files'), name);
    const [container] = pod.containers;
    if (!container?.args?.some((one) => one.startsWith('/app/'))) continue;
    const environment = Object.fromEntries((container.env ?? []).map((one) => [one.name, one.value]));
    assert.equal(environment['SAFELIGHT_FILES'], 's3://safelight-files/unit', name);
    const keys = { SAFELIGHT_FILES_ACCESS_KEY: 'invented', SAFELIGHT_FILES_SECRET_KEY: 'invented' };
    assert.doesNotThrow(() => readConfig({ ...environment, ...keys }), name);
  }
  const store = { to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 443 }] };
  for (const name of ['public', 'staff', 'background', 'manage', 'backup', 'migrate', 'proxy']) {
    const { egress } = specOf<Policy>(find('NetworkPolicy', `safelight-${name}`, large));
    const found = egress.filter((one) => isDeepStrictEqual(one, store));
    assert.equal(found.length, ['migrate', 'proxy'].includes(name) ? 0 : 1, name);
  }
});

type Cluster = {
  readonly instances: number;
  readonly affinity: { readonly podAntiAffinityType: string };
  readonly postgresql: { readonly synchronous?: unknown; readonly parameters: Readonly<Record<string, string>> };
  readonly bootstrap: { readonly initdb: { readonly database: string; readonly owner: string } };
};

test('both databases keep what was answered on two machines, and write nothing that people type into their log', () => {
  for (const [name, database] of [
    ['safelight-main', 'safelight'],
    ['safelight-safeguarding', 'safelight_safeguarding'],
  ] as const) {
    const { instances, affinity, postgresql, bootstrap } = specOf<Cluster>(find('Cluster', name));
    assert.ok(instances >= 3);
    assert.equal(affinity.podAntiAffinityType, 'required');
    assert.deepEqual(postgresql.synchronous, {
      method: 'any',
      number: 1,
      dataDurability: 'required',
      failoverQuorum: true,
    });
    const { parameters } = postgresql;
    assert.equal(parameters['client_min_messages'], 'notice', 'a cancelled wait is known by its warning');
    assert.equal(parameters['log_min_error_statement'], 'panic');
    assert.equal(parameters['log_parameter_max_length_on_error'], '0');
    assert.equal(parameters['synchronous_commit'], 'on');
    assert.deepEqual([bootstrap.initdb.database, bootstrap.initdb.owner], [database, 'safelight_owner']);
  }
  const demonstration = specOf<Cluster>(find('Cluster', 'safelight-main', rendered['demonstration']));
  assert.equal(demonstration.postgresql.synchronous, undefined, 'one instance waits for nobody');
});

test('the poolers are set as the one of Compose', () => {
  const ini = read('deploy/compose/pgbouncer/pgbouncer.ini');
  const { pgbouncer } = specOf<{ pgbouncer: { parameters: Record<string, string> } }>(
    find('Pooler', 'safelight-main-pooler'),
  );
  const { client_tls_sslmode: tls, ...same } = pgbouncer.parameters;
  assert.equal(tls, 'require');
  assert.ok(Object.keys(same).length >= 8);
  for (const [name, value] of Object.entries(same)) assert.ok(ini.split('\n').includes(`${name} = ${value}`), name);
});

test('rules, statements and the proxy come from the files that the rest of deploy/ uses', () => {
  const rules = specOf<{ groups: unknown }>(find('PrometheusRule', 'safelight', rendered['large']));
  assert.deepEqual(rules, parse(read('deploy/prometheus/alerts.yml')));
  for (const file of ['hide-statistics.sql', 'show-replicas.sql'])
    for (const store of ['main', 'safeguarding']) {
      const { data } = find('ConfigMap', `safelight-${store}-sql`) as unknown as { data: Record<string, string> };
      assert.equal(data[file], read(`deploy/compose/database/${file}`));
    }
  const { data } = find('ConfigMap', 'safelight-proxy') as unknown as { data: Record<string, string> };
  const [shipped, ours] = [read('deploy/compose/haproxy.cfg').split('\n'), (data['haproxy.cfg'] ?? '').split('\n')];
  assert.deepEqual(
    shipped.filter((line) => !ours.includes(line)),
    ['  hold valid 10s', '  server public1 public:3000', '  server staff1 staff:3000'],
  );
  const site = 'partnership.svc.cluster.local:3000';
  assert.deepEqual(
    ours.filter((line) => !shipped.includes(line)),
    [
      '  accepted_payload_size 8192',
      '  hold valid 1s',
      `  server-template public 1-20 safelight-public.${site} hash-key addr`,
      `  server-template staff 1-20 safelight-staff.${site}`,
    ],
  );
});

test('the chart has the version of the package', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const about = parse(read('deploy/helm/safelight/Chart.yaml')) as Record<string, string>;
  assert.deepEqual([about['version'], about['appVersion']], [version, version]);
});

test('the Secrets that are made are those that the values name, and the program reads them', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-chart-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'secrets.yaml');
  const make = () =>
    spawnSync(join(root, 'deploy/helm/make-secrets.sh'), [file, 'safelight.example'], { encoding: 'utf8' });
  assert.equal(make().status, 0);
  assert.equal(make().status, 1, 'nothing that is there is overwritten');
  assert.equal(statSync(file).mode & 0o77, 0);
  type Secret = Manifest & { readonly stringData: Readonly<Record<string, string>> };
  const made = parseAllDocuments(readFileSync(file, 'utf8')).map((one) => one.toJS() as Secret);
  assert.deepEqual(findProblems(made), []);
  const {
    messages: _none,
    databaseOwner,
    databaseBackup,
    ...others
  } = readValues(chart)['secrets'] as Record<string, Values>;
  const named = [others, databaseOwner, databaseBackup].flatMap((one) => Object.values(one ?? {}) as string[]);
  assert.deepEqual(made.map((one) => one.metadata.name).sort(), named.sort());
  const of = (name: string) => made.find((one) => one.metadata.name === `safelight-${name}`)?.stringData ?? {};
  assert.deepEqual(
    Object.keys(JSON.parse(of('roles')['server-roles.json'] ?? '{}')),
    databaseRoles.map((role) => `safelight_${role}`),
  );
  const hosts = new Set<string>();
  for (const name of ['public', 'staff', 'background', 'owner', 'backup']) {
    const lines = (of(name)['env'] ?? '').trim().split('\n');
    const environment = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    for (const setting of Object.keys(environment)) assert.ok(settingNames.includes(setting), setting);
    assert.doesNotThrow(() => readConfig(environment), name);
    for (const value of Object.values(environment)) if (URL.canParse(value)) hosts.add(new URL(value).hostname);
  }
  assert.deepEqual(
    [...hosts].sort(),
    ['main', 'safeguarding'].flatMap((store) => [`safelight-${store}-pooler`, `safelight-${store}-rw`]),
  );
  const put = (name: string, key: string) => {
    writeFileSync(join(folder, key), of(name)[key] ?? '', { mode: 0o600 });
    return join(folder, key);
  };
  assert.ok(UnitKeys.fromFile(put('keys', 'keys.json')));
  const { main, safeguarding } = loadLogKeys(put('log-keys', 'log-keys.json'), 'another.example');
  assert.match(
    `${main.origin} ${safeguarding.origin}`,
    /^safelight\.example\/([\da-f]{8})\/main safelight\.example\/\1\/safeguarding$/,
  );
});
