import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import './ui/base.css';
import { sessionOptions } from './accounts/session-queries.ts';
import { deletionsOptions, filePageOptions } from './files/file-queries.ts';
import { readFirstQuery } from './files/first-query.ts';
import { followUsage } from './files/usage/usage-queries.ts';
import { catchUpWhenBack, followMain, refreshWhenOnline } from './follow-main.ts';
import { createQueryClient } from './query-client.ts';
import { followTransfers } from './transfers/use-transfers.ts';
import { followMainClock } from './ui/main-clock.ts';
import { FilesWindow } from './window.tsx';

const client = createQueryClient();
followMainClock(window.files);
followMain(client, window.files);
followUsage(client, window.files);
refreshWhenOnline(client);
catchUpWhenBack(client, window.files);

// All questions are asked at once, before anything is drawn: the first page is there when the table is.
void client.prefetchQuery(sessionOptions);
void client.prefetchQuery(filePageOptions(readFirstQuery()));
void client.prefetchQuery(deletionsOptions);
followTransfers();

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <QueryClientProvider client={client}>
    <FilesWindow />
  </QueryClientProvider>,
);
