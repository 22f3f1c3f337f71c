/** The options of a command line; a wrong one gets a sentence with the right ones and no stack. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { StartRefused } from '../start-refused.ts';

/**
 * @param usage the command as it should be typed.
 * @throws StartRefused for an option that is not there, or one without its value.
 */
export function readOptions<const T extends ParseArgsConfig>(
  config: T,
  usage: string,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const [what] = (error instanceof Error ? error.message : String(error)).split(/[.\n]/);
    throw new StartRefused(`${what}. Nothing was changed. The command is: ${usage}`, { cause: error });
  }
}
