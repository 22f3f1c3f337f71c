/**
 * The door to the editor for screens. Its code is loaded on its own: when a page with a composer is idle, or at the latest
 * when somebody begins to write; the service worker keeps it for the time without a network.
 */
import { late } from '../../ui/late.tsx';

export const richEditor = late(() => import('./rich-editor.tsx').then((module) => module.RichEditor));
