/** Says something to people who listen to the page instead of looking at it. */

const REGION_ID = 'announcements';
/** A region that is filled in the frame it appears in, or with the same words twice, is not read. */
const PAUSE_MS = 60;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Read out politely, after what is being said. A newer announcement replaces one that was not begun. */
export function announce(text: string): void {
  const region = document.getElementById(REGION_ID) ?? addRegion();
  region.textContent = '';
  clearTimeout(timer);
  timer = setTimeout(() => {
    region.textContent = text;
  }, PAUSE_MS);
}

function addRegion(): HTMLElement {
  const region = document.createElement('div');
  region.id = REGION_ID;
  region.className = 'sr';
  region.setAttribute('role', 'status');
  document.body.append(region);
  return region;
}
