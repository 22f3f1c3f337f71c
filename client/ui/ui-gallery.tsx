/**
 * Every part in every state, in both themes side by side: design/states.html made of the real parts.
 * Mounted at the dev-only route /_ui.
 */
import './gallery/gallery.css';
import type { JSX } from 'solid-js';
import { ControlsSection } from './gallery/controls-section.tsx';
import { FieldsSection } from './gallery/fields-section.tsx';
import { GridSection } from './gallery/grid-section.tsx';
import { OverlaysSection } from './gallery/overlays-section.tsx';
import { PeopleSection } from './gallery/people-section.tsx';
import { createToaster, ToastRegion } from './toaster.tsx';

export function UiGallery(): JSX.Element {
  const toaster = createToaster();
  return (
    <main class="gallery">
      <GalleryHalf theme="light" toaster={toaster} />
      <GalleryHalf theme="dark" toaster={toaster} />
      <ToastRegion toaster={toaster} />
    </main>
  );
}

function GalleryHalf(props: {
  readonly theme: 'light' | 'dark';
  readonly toaster: ReturnType<typeof createToaster>;
}): JSX.Element {
  return (
    <div class="gallery__half" data-theme={props.theme}>
      <header class="gallery__head">
        <h1>Parts, {props.theme}</h1>
        <p class="fg-3">Every part in every state. Hold a screenshot against the design.</p>
      </header>
      <ControlsSection />
      <FieldsSection />
      <PeopleSection />
      <OverlaysSection toaster={props.toaster} theme={props.theme} />
      <GridSection theme={props.theme} />
    </div>
  );
}
