import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { AppError } from '../errors.ts';
import type { Transfer } from '../transfers/transfer.ts';
import { appErrorSchema } from './app-error-schema.ts';
import type { Exact, ExactCommandSchemas, ExactEventSchemas } from './exact-schemas.ts';
import type { FilesCommands, FilesEvents } from './files-contract.ts';
import { filesCommandSchemas, filesEventSchemas, transferSchema } from './schemas.ts';

// What this file shows, the compiler checks: a line after `@ts-expect-error` that compiles is an error.
describe('a schema that refuses values of its type does not compile', () => {
  it('as a transfer in a state that it lacks', () => {
    const schema = transferSchema.extend({ state: transferSchema.shape.state.exclude(['unknown']) });
    // @ts-expect-error: `unknown` is a state.
    schema satisfies Exact<Transfer, typeof schema>;
    expect(schema.shape.state.safeParse('unknown').success).toBe(false);
  });

  it('as an error whose code it lacks', () => {
    type Others = Exclude<AppError, { readonly code: 'maybeDeleted' }>;
    const schema: z.ZodType<Others> = z.custom<Others>((value) => value !== 'maybeDeleted');
    // @ts-expect-error: `maybeDeleted` is a code.
    schema satisfies Exact<AppError, typeof schema>;
    appErrorSchema satisfies Exact<AppError, typeof appErrorSchema>;
    expect(schema.safeParse('maybeDeleted').success).toBe(false);
  });

  it('as a command with a format that it lacks', () => {
    const { input, output } = filesCommandSchemas.copyFiles;
    const copyFiles = {
      input: input.extend({ format: input.shape.format.exclude(['messagePart']) }),
      output,
    };
    const schemas = { ...filesCommandSchemas, copyFiles };
    // @ts-expect-error: `messagePart` is a format.
    schemas satisfies ExactCommandSchemas<FilesCommands, typeof schemas>;
    expect(copyFiles.input.shape.format.safeParse('messagePart').success).toBe(false);
  });

  it('as an event with a phase that it lacks', () => {
    const { fileIndexChanged } = filesEventSchemas;
    const { status } = fileIndexChanged.shape;
    const phase = status.shape.phase.exclude(['failed']);
    const schemas = {
      ...filesEventSchemas,
      fileIndexChanged: fileIndexChanged.extend({ status: status.extend({ phase }) }),
    };
    // @ts-expect-error: `failed` is a phase.
    schemas satisfies ExactEventSchemas<FilesEvents, typeof schemas>;
    expect(phase.safeParse('failed').success).toBe(false);
  });
});
