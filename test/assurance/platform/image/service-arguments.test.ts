import assert from 'node:assert/strict';
import { test } from 'node:test';
import { argumentsOf } from './service-arguments.ts';

const services = {
  manage: {
    image: 'localhost/safelight:1',
    user: '10001:10001',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    tmpfs: ['/tmp:mode=1777'],
    environment: { SAFELIGHT_MODE: 'live' },
    volumes: [{ source: '/mnt/backups', target: '/backups', read_only: true }],
    secrets: [{ source: 'owner', target: '/run/secrets/owner' }],
    entrypoint: ['/usr/bin/node', '/app/cli.js'],
    command: ['migrate'],
    restart: 'no',
  },
};
const compose = { services, secrets: { owner: { file: '/secrets/owner.env' } } };

test('podman gets the restrictions, mounts and command of a service', () => {
  assert.deepEqual(argumentsOf(compose, 'manage'), [
    '--read-only',
    '--user=10001:10001',
    '--restart=no',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
    '--tmpfs=/tmp:mode=1777',
    '--env=SAFELIGHT_MODE=live',
    '--volume=/mnt/backups:/backups:ro',
    '--volume=/secrets/owner.env:/run/secrets/owner:ro',
    '--entrypoint=/usr/bin/node',
    'localhost/safelight:1',
    '/app/cli.js',
    'migrate',
  ]);
  assert.deepEqual(argumentsOf(compose, 'manage', ['intake', 'keys']).slice(-3), ['/app/cli.js', 'intake', 'keys']);
  assert.throws(() => argumentsOf(compose, 'absent'), /no service absent/);
});
