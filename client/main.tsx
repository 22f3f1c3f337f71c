/** Starts the app: theme, session, service worker, screens. */
import './ui/styles/main.css';
import { render } from 'solid-js/web';
import { Routes } from './app/routes.tsx';
import { createUpdate } from './app/update-banner.tsx';
import { startSession } from './data/session.ts';
import { firstPageShown } from './ui/late.tsx';
import { createTheme } from './ui/theme.ts';

/** Names this build to the server: the entry's own file name, which carries a hash of its content. */
const build = import.meta.env.DEV ? 'dev' : (/[^/]+$/.exec(import.meta.url)?.[0] ?? 'unknown');

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no #app');

render(() => {
  const theme = createTheme();
  const session = startSession({ build, whenShown: firstPageShown });
  const update = createUpdate();
  return <Routes session={session} theme={theme} update={update} />;
}, root);
