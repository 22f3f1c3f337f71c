/** Load processes and what they are told together. */
import { type ChildProcess, fork } from 'node:child_process';
import type { CrewAnswer, CrewCommand, Target } from './crew-messages.ts';
import { recordsEach } from './edits.ts';

/** Two cores: more processes than this only wait for each other. */
const MOST_CREWS = 3;
const DEVICES_PER_CREW = 20;

export interface Crews {
  readonly count: number;
  /** The same to all, at once; resolves when all are done. */
  tell(command: CrewCommand): Promise<CrewAnswer>;
  end(): void;
}

export async function gatherCrews(script: string, target: Target, devices: number): Promise<Crews> {
  const crews = Math.min(MOST_CREWS, Math.ceil(devices / DEVICES_PER_CREW));
  const children = Array.from({ length: crews }, () =>
    fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
  );
  const records = recordsEach(devices);
  const share = (index: number) => Math.floor(((index + 1) * devices) / crews) - Math.floor((index * devices) / crews);
  const joined = await Promise.all(
    children.map((child, index) =>
      ask(child, { do: 'join', target, count: share(index), first: Math.floor((index * devices) / crews), records }),
    ),
  );
  const end = () => {
    for (const child of children) child.disconnect();
  };
  const absent = joined.reduce((total, { missing }) => total + missing, 0);
  if (absent > 0) {
    end();
    throw new Error(
      `${absent} of ${devices} devices did not get in: ${joined.find(({ problem }) => problem)?.problem}`,
    );
  }
  return {
    count: devices,
    async tell(command) {
      return together(await Promise.all(children.map((child) => ask(child, command))));
    },
    end,
  };
}

function ask(child: ChildProcess, command: CrewCommand): Promise<CrewAnswer> {
  return new Promise((resolve, reject) => {
    const died = () => reject(new Error('a load process ended'));
    child.once('exit', died);
    child.once('message', (answer: CrewAnswer) => {
      child.off('exit', died);
      resolve(answer);
    });
    child.send(command);
  });
}

function together(answers: readonly CrewAnswer[]): CrewAnswer {
  const sum = (of: (answer: CrewAnswer) => number) => answers.reduce((total, answer) => total + of(answer), 0);
  return {
    sent: sum(({ sent }) => sent),
    delivered: sum(({ delivered }) => delivered),
    latenciesMs: answers.flatMap(({ latenciesMs }) => latenciesMs),
    missing: sum(({ missing }) => missing),
    cpuMs: sum(({ cpuMs }) => cpuMs),
    uploadedEdits: sum(({ uploadedEdits }) => uploadedEdits),
    problem: answers.find(({ problem }) => problem !== null)?.problem ?? null,
  };
}
