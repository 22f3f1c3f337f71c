/**
 * Overlays are rendered at the end of the page, outside its landmarks, where people who move from landmark to
 * landmark would never meet them. Give this to the `ref` of a portal: the box around the overlay gets a name.
 */
export function overlayLandmark(label: string): (box: Element) => void {
  return (box) => {
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', label);
    overDialogs(box);
  };
}

/**
 * For the `ref` of a portal. A modal dialog hides everything beside it from assistive technology, also what is opened from
 * within it; this mark is Kobalte's exception to that, set before its observer looks.
 */
export function overDialogs(box: Element): void {
  if (box instanceof HTMLElement) box.dataset.reactAriaTopLayer = 'true';
}
