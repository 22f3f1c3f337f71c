/**
 * The server cannot start, for a reason the person who started it can do something about. The message is for them: what
 * happened, what is safe, what to do. It is printed without a stack and the process ends with exit code 1.
 */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
