import type { JSX } from 'solid-js';

/** A heading over states that belong together. */
export function Part(props: {
  readonly title: string;
  readonly half?: boolean;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <section class="gallery__part" classList={{ 'gallery__part--half': props.half }}>
      <h2>{props.title}</h2>
      <div class="gallery__states">{props.children}</div>
    </section>
  );
}

/** One state with its name below. */
export function State(props: { readonly name: string; readonly children: JSX.Element }): JSX.Element {
  return (
    <div class="gallery__state">
      {props.children}
      <span class="gallery__label">{props.name}</span>
    </div>
  );
}
