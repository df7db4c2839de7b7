import { createRoot } from 'react-dom/client';
import './ui/base.css';
import { ConnectForm } from './connect/connect-form.tsx';

const root = document.querySelector('#root');
if (root === null) throw new Error('connect.html has no #root');
createRoot(root).render(
  <main className="connect">
    <ConnectForm />
  </main>,
);
