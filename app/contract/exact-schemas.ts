import type * as z from 'zod';
import type { InputOf, OutputOf } from './bridge.ts';
import type { CommandSchemas, EventSchemas } from './schemas.ts';

/**
 * A schema of a type and of nothing less: `never` where a value of the type would be refused, as when the schema lacks a
 * state, an error code or a format that the type has.
 */
export type Exact<Type, Schema extends z.ZodType> =
  IsSame<Plain<Type>, Plain<z.output<Schema>>> extends true ? Schema : never;

/** The schemas of a contract's commands, each of them exact. */
export type ExactCommandSchemas<Commands, Schemas extends CommandSchemas<Commands>> = {
  readonly [Name in keyof Commands]: {
    readonly input: Exact<InputOf<Commands, Name>, Schemas[Name]['input']>;
    readonly output: Exact<OutputOf<Commands, Name>, Schemas[Name]['output']>;
  };
};

/** The schemas of a contract's events, each of them exact. */
export type ExactEventSchemas<Events, Schemas extends EventSchemas<Events>> = {
  readonly [Name in keyof Events]: Exact<Events[Name], Schemas[Name]>;
};

/** A type as it is after structured cloning: without the names of its interfaces, and all of it readonly. */
type Plain<Type> = Type extends readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : Type extends object
    ? { readonly [Name in keyof Type]: Plain<Type[Name]> }
    : Type;

/** Two conditional types are assignable to each other only where the compiler holds what they compare for identical. */
type IsSame<A, B> =
  (<Any>() => Any extends A ? 1 : 2) extends <Any>() => Any extends B ? 1 : 2 ? true : false;
