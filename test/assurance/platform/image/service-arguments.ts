/** Prints how podman starts a service of the Compose file, one argument a line: `docker-compose config --format json` comes in, the name of the service is given. Networks and limits are left out: the caller says where it listens, and control groups are missing. */
import { text } from 'node:stream/consumers';

type Mounted = { readonly source: string; readonly target: string; readonly read_only?: boolean };
type Service = {
  readonly image: string;
  readonly user: string;
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly tmpfs: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly Mounted[];
  readonly secrets: readonly Mounted[];
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[];
  readonly restart: string;
};
type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
};

/** The arguments of `podman run` up to the image, and those after it; `command` replaces that of the service. */
export function argumentsOf({ services, secrets }: Compose, name: string, command?: readonly string[]): string[] {
  const service = services[name];
  if (!service) throw new Error(`The Compose file has no service ${name}.`);
  const flags = [
    ...(service.read_only ? ['--read-only'] : []),
    `--user=${service.user}`,
    `--restart=${service.restart}`,
    ...service.cap_drop.map((one) => `--cap-drop=${one}`),
    ...service.security_opt.map((one) => `--security-opt=${one.replace(/:true$/, '')}`),
    ...service.tmpfs.map((one) => `--tmpfs=${one}`),
    ...Object.entries(service.environment).map(([key, value]) => `--env=${key}=${value}`),
    ...service.volumes.map(({ source, target, read_only }) => `--volume=${source}:${target}${read_only ? ':ro' : ''}`),
    ...service.secrets.map(({ source, target }) => `--volume=${secrets[source]?.file}:${target}:ro`),
  ];
  const [program, ...first] = service.entrypoint ?? [];
  return [
    ...flags,
    ...(program ? [`--entrypoint=${program}`] : []),
    service.image,
    ...first,
    ...(command ?? service.command),
  ];
}

const [name, ...command] = process.argv.slice(2);
if (import.meta.main && name)
  console.log(
    argumentsOf(JSON.parse(await text(process.stdin)) as Compose, name, command.length > 0 ? command : undefined).join(
      '\n',
    ),
  );
