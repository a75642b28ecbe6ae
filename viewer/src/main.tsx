// It stands first, because the worker has the longer way to go.
import { worker } from './start.js';
import { createRoot } from 'react-dom/client';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/code.css';
import './styles/dialogs.css';
import './styles/detail.css';
import './styles/views.css';
import './styles/charts.css';
import { App } from './ui/app.js';
import { newClient } from './ui/client.js';

const root = document.querySelector('#viewer');
if (!root) throw new Error('the page has no place for the viewer');
createRoot(root).render(<App client={newClient(worker)} />);
