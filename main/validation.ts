import * as z from 'zod';

/**
 * To be imported before any schema is made, which is when zod decides: it would compile each at its first use, which
 * takes milliseconds.
 */
z.config({ jitless: true });
