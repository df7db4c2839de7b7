import { queryOptions } from '@tanstack/react-query';
import { unwrap } from '../bridge.ts';

/** The session: which location is in view and whether its key is there. Kept fresh by `onSessionChanged`. */
export const sessionOptions = queryOptions({
  queryKey: ['session'],
  queryFn: () => unwrap(window.files.getSession()),
});
