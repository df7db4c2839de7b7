import * as z from 'zod';

/** What a file of this computer holds: made-up text, or the first bytes of a file on the server. */
const contentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text') }),
  z.object({ kind: z.literal('server'), fileId: z.string() }),
]);

const localFileSchema = z.object({
  /** Relative to the folder of the profile. */
  path: z.string(),
  sizeBytes: z.int().nonnegative(),
  /** In milliseconds since the epoch, with fractions. */
  modifiedAt: z.number(),
  content: contentSchema,
  /** Hexadecimal. */
  sha256: z.string(),
});

const serverFileSchema = z.object({
  id: z.string(),
  name: z.string(),
  mimeType: z.string(),
  sizeBytes: z.int().nonnegative(),
  createdAt: z.number(),
  /** Of what was uploaded; null for a row that never had bytes. */
  sha256: z.string().nullable(),
  /** Of the content of a file that can be downloaded; null for every other. */
  contentSeed: z.int().nullable(),
});

/** What stood around an app when its profile was taken. */
export const profileManifestSchema = z.object({
  localFiles: z.array(localFileSchema),
  /** In the order of the listing. */
  serverFiles: z.array(serverFileSchema),
});

export type ProfileManifest = z.infer<typeof profileManifestSchema>;
export type LocalProfileFile = z.infer<typeof localFileSchema>;

/** Stands for the folder of the profile in its records. */
export const PROFILE_FOLDER = '{profile}';
/** Stands for the location's id in the names of its records. */
export const LOCATION_ID = 'location';
