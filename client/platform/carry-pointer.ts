/**
 * Following a pointer that carries something, one way for mouse, pen and finger: a mouse lifts after 4 px, a finger presses
 * 350 ms first, so that a swipe scrolls as ever. Escape, or leaving the window, puts back what was lifted.
 */

const SLACK_PX = 4;
const TOUCH_SLACK_PX = 8;
const PRESS_MS = 350;

export interface PointerCarry {
  readonly onLift?: () => void;
  /** In client coordinates; the first time where it was pressed. */
  readonly onMove: (x: number, y: number) => void;
  /** Let go where the last move was. */
  readonly onDrop: () => void;
  /** At last, dropped or put back, lifted or not. */
  readonly onEnd: () => void;
}

/** Follows the pointer that was pressed. Returns what gives up. */
export function carryPointer(down: PointerEvent, carry: PointerCarry): () => void {
  const isFinger = down.pointerType === 'touch';
  const abort = new AbortController();
  const { signal } = abort;
  let isLifted = false;
  const press = isFinger ? setTimeout(lift, PRESS_MS) : undefined;

  function lift(): void {
    isLifted = true;
    if (isFinger) navigator.vibrate?.(10);
    carry.onLift?.();
    carry.onMove(down.clientX, down.clientY);
  }
  function onMove(event: PointerEvent): void {
    if (event.pointerId !== down.pointerId) return;
    const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
    if (!isLifted) {
      if (isFinger && far > TOUCH_SLACK_PX) end();
      if (isFinger || far < SLACK_PX) return;
      lift();
    }
    carry.onMove(event.clientX, event.clientY);
  }
  function onUp(event: PointerEvent): void {
    if (event.pointerId !== down.pointerId) return;
    if (isLifted) {
      swallowClick();
      carry.onDrop();
    }
    end();
  }
  /** A lifted finger must not scroll the page; only a listener that is not passive can say so. */
  function onTouch(event: TouchEvent): void {
    if (isLifted) event.preventDefault();
  }
  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !isLifted) return;
    event.preventDefault();
    event.stopPropagation();
    swallowClick();
    end();
  }
  function end(): void {
    clearTimeout(press);
    abort.abort();
    carry.onEnd();
  }
  /** A link would be dragged by the browser itself, and a long press would open its menu. */
  const keepOff = (event: Event) => event.preventDefault();
  addEventListener('pointermove', onMove, { signal });
  addEventListener('pointerup', onUp, { signal });
  addEventListener('pointercancel', end, { signal });
  addEventListener('blur', end, { signal });
  addEventListener('touchmove', onTouch, { passive: false, signal });
  addEventListener('keydown', onKey, { capture: true, signal });
  addEventListener('dragstart', keepOff, { signal });
  if (isFinger) addEventListener('contextmenu', keepOff, { signal });
  return end;
}

/** The click that follows a drop on the thing itself would open it. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', swallow, { capture: true }), 50);
}
