import '@fontsource-variable/plus-jakarta-sans';
import '@fontsource-variable/jetbrains-mono';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './app/global.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { renew } from './auth/session';
import { startTexts } from './i18n';

// The cookie of an earlier visit may still be good; the texts load meanwhile.
void renew().catch(() => {});
await startTexts();
createRoot(document.getElementById('root') as HTMLElement).render(<App />);
