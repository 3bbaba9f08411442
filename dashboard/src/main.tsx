import '@fontsource-variable/plus-jakarta-sans';
import '@fontsource-variable/jetbrains-mono';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './app/global.css';
import { createRoot } from 'react-dom/client';
import { start } from './api/session';
import { App } from './app/App';
import { startTexts } from './i18n';

// The texts load meanwhile.
void start();
await startTexts();
sessionStorage.removeItem('wahana-retries');
createRoot(document.getElementById('root') as HTMLElement).render(<App />);
