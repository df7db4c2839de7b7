import { queryOptions } from '@tanstack/react-query';
import { unwrap } from '../bridge.ts';
import { tellOfLostRecords } from './lost-records.ts';

/** The session: which location is in view and whether its key is there. Kept fresh by `onSessionChanged`. */
export const sessionOptions = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    const session = await unwrap(window.files.getSession());
    if (session.phase === 'ready') tellOfLostRecords(session.lostRecords);
    return session;
  },
});
