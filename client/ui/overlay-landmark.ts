/**
 * Overlays are rendered at the end of the page, outside its landmarks, where people who move from landmark to
 * landmark would never meet them. Give this to the `ref` of a portal: the box around the overlay gets a name.
 */
export function overlayLandmark(label: string): (box: Element) => void {
  return (box) => {
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', label);
  };
}
