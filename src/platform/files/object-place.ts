/** Where sealed files lie: a folder, or a bucket of a store that speaks S3, as the settings name it. */
import { z } from 'zod';

export type ObjectPlace = {
  readonly bucket: string;
  /** Of every name, with a slash at the end; or empty. */
  readonly prefix: string;
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
};

/** The path of a folder, or a bucket. */
export type FilesPlace = string | ObjectPlace;

const endpointShape =
  'must be the address of the store without a path, like https://objects.example. Without TLS it must be of this machine, like http://127.0.0.1:9000';

const isEndpoint = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  if (pathname !== '/' || search || hash || username || password) return false;
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname));
};

/** The part of the environment that leads to the store. */
export const objectEnvironment = {
  SAFELIGHT_FILES_ENDPOINT: z.string().refine(isEndpoint, endpointShape).optional(),
  SAFELIGHT_FILES_REGION: z
    .string()
    .regex(/^[a-z\d-]+$/, 'must be the region of the bucket, like eu-west-2')
    .default('us-east-1'),
  SAFELIGHT_FILES_ACCESS_KEY: z
    .string()
    .regex(/^[!-~]+$/, 'must be the name of an access key')
    .optional(),
  SAFELIGHT_FILES_SECRET_KEY: z.string().min(1).optional(),
};

type ObjectEnvironment = {
  readonly SAFELIGHT_FILES_ENDPOINT?: string | undefined;
  readonly SAFELIGHT_FILES_REGION: string;
  readonly SAFELIGHT_FILES_ACCESS_KEY?: string | undefined;
  readonly SAFELIGHT_FILES_SECRET_KEY?: string | undefined;
};

const address = /^s3:\/\/([a-z\d][a-z\d.-]{1,61}[a-z\d])(?:\/([\w-]+(?:\/[\w-]+)*)?)?\/?$/;

export const isObjectAddress = (text: string): boolean => /^s3:/i.test(text);

/** Reads `s3://bucket/prefix` with its other settings. The problem is a sentence that names a setting, and no secret. */
export function toObjectPlace(text: string, env: ObjectEnvironment): ObjectPlace | { readonly problem: string } {
  const [, bucket, folder = ''] = address.exec(text) ?? [];
  if (!bucket)
    return {
      problem:
        'The setting SAFELIGHT_FILES must be a folder, or a bucket like s3://bucket/prefix. A prefix has letters, digits, - and _ between its slashes',
    };
  const {
    SAFELIGHT_FILES_ENDPOINT: endpoint,
    SAFELIGHT_FILES_ACCESS_KEY: accessKey,
    SAFELIGHT_FILES_SECRET_KEY: secretKey,
  } = env;
  for (const name of ['SAFELIGHT_FILES_ENDPOINT', 'SAFELIGHT_FILES_ACCESS_KEY', 'SAFELIGHT_FILES_SECRET_KEY'] as const)
    if (env[name] === undefined) return { problem: `SAFELIGHT_FILES names a bucket, so set ${name} too` };
  if (!endpoint || !accessKey || !secretKey) return { problem: 'SAFELIGHT_FILES names a bucket without its store' };
  return {
    bucket,
    prefix: folder ? `${folder}/` : '',
    endpoint: new URL(endpoint).origin,
    region: env.SAFELIGHT_FILES_REGION,
    accessKey,
    secretKey,
  };
}

/** For people: a folder, or a bucket without what opens it. */
export const describePlace = (place: FilesPlace): string =>
  typeof place === 'string' ? place : `s3://${place.bucket}/${place.prefix} at ${place.endpoint}`;
