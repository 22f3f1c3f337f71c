/** Small facts about this person on this device that may be lost without harm: what was looked at, what is hidden. */

/** Whether a fact was noted. */
export function hasNote(name: string): boolean {
  try {
    return localStorage.getItem(`rapport.${name}`) !== null;
  } catch {
    return false; // storage can be forbidden; then nothing is remembered
  }
}

export function makeNote(name: string): void {
  try {
    localStorage.setItem(`rapport.${name}`, 'yes');
  } catch {
    return; // forbidden or full: not worth a word
  }
}

/** Somebody has looked at the pipeline's stages in the settings. */
export const STAGES_SEEN = 'stages-seen';
/** An invitation link was made here. */
export const INVITED = 'invited';
