import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import './ui/base.css';
import { sessionOptions } from './accounts/session-queries.ts';
import { followUsage } from './files/usage/usage-queries.ts';
import { catchUpWhenBack, followMain, openSession, refreshWhenOnline } from './follow-main.ts';
import { createQueryClient } from './query-client.ts';
import { followMainClock } from './ui/main-clock.ts';
import { FilesWindow } from './window.tsx';

const client = createQueryClient();
followMainClock(window.files);
followMain(client, window.files);
followUsage(client, window.files);
refreshWhenOnline(client);
catchUpWhenBack(client, window.files);

// Before anything is drawn. What is thrown stands in the query, and is drawn.
void client
  .fetchQuery(sessionOptions)
  .then((session) => openSession(client, session))
  .catch(() => undefined);

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <QueryClientProvider client={client}>
    <FilesWindow />
  </QueryClientProvider>,
);
