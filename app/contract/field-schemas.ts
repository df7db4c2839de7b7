import * as z from 'zod';

/** A number of things, or of bytes. */
export const count = z.int().nonnegative();

/** An id of the server or of this app; it never needs quoting in a shell or a URL. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/);
