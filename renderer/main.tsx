import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import './ui/base.css';
import { sessionOptions } from './accounts/session-queries.ts';
import { deletionsOptions, filePageOptions } from './files/file-queries.ts';
import { parseRowsPerPage } from './files/page-range.ts';
import { followMain, refreshWhenOnline } from './follow-main.ts';
import { createQueryClient } from './query-client.ts';
import { followTransfers } from './transfers/use-transfers.ts';
import { readChoice } from './ui/remembered.ts';
import { FilesWindow } from './window.tsx';

const client = createQueryClient();
followMain(client, window.files);
refreshWhenOnline(client);

// All questions are asked at once, before anything is drawn: the first page is there when the table is.
void client.prefetchQuery(sessionOptions);
void client.prefetchQuery(
  filePageOptions({ search: '', offset: 0, limit: parseRowsPerPage(readChoice('rowsPerPage')) }),
);
void client.prefetchQuery(deletionsOptions);
followTransfers();

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <QueryClientProvider client={client}>
    <FilesWindow />
  </QueryClientProvider>,
);
