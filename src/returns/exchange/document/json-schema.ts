/** The published JSON Schemas of what is exchanged, made from the schemas that read it. Pure. */
import { z } from 'zod';
import {
  returnSchemaName,
  SignedReturnSchema,
  schemaVersion,
  TaskingSchema,
  taskingSchemaName,
} from './signed-return.ts';

const describe = (name: string, title: string, schema: z.ZodType): object => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12' });
  return { $schema, $id: `urn:${name.replace('/', ':')}:${schemaVersion}`, title, ...rest };
};

/** By their file names, here and in docs/exchange/. */
export const jsonSchemas: Readonly<Record<string, object>> = {
  [`signed-return-${schemaVersion}.schema.json`]: describe(
    returnSchemaName,
    'A return of one operation, as a partnership signed it',
    SignedReturnSchema,
  ),
  [`tasking-${schemaVersion}.schema.json`]: describe(
    taskingSchemaName,
    'What a coordinator asks of the partnerships of a week',
    TaskingSchema,
  ),
};

export const formatSchema = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`;
