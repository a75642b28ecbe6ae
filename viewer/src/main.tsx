import { createRoot } from 'react-dom/client';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/views.css';
import { App } from './ui/app.js';
import { newClient } from './ui/client.js';
import { embeddedWorker, sourceOfPage } from './page.js';

const root = document.querySelector('#viewer');
if (!root) throw new Error('the page has no place for the viewer');
const worker = embeddedWorker() ?? new Worker(new URL('/worker.js', location.href));
createRoot(root).render(<App client={newClient(worker, sourceOfPage())} />);
