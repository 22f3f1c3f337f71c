/** What somebody wants to hear of, the same on all their devices; and whether this device shows it outside of the app. */
import { createSignal, For, type JSX, onMount, Show } from 'solid-js';
import { muteKind } from '../../../shared/commands/notice-commands.ts';
import { NOTICE_KINDS, type NoticeKind, noticeChoiceId } from '../../../shared/entities/notice.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { askToNotify, notifyState, setNotifyHere } from '../../platform/notifications.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useToaster } from '../../ui/toaster.tsx';
import { type PushState, pushState, switchPush } from './push.ts';

const HINTS = {
  on: 'Shown by your system while Rapport is open and you are elsewhere.',
  off: 'Shown by your system while Rapport is open and you are elsewhere.',
  'not asked': 'Your browser asks once whether Rapport may.',
  blocked: 'Your browser does not let Rapport show any. Allow it in the settings of this site, then switch it on here.',
  impossible: 'This browser shows no notifications here. The inbox has everything.',
} as const;

export function InboxSettings(props: { readonly onClose: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const toaster = useToaster();
  const [device, setDevice] = createSignal(notifyState());
  const [push, setPush] = createSignal<PushState>('impossible');
  const [problem, setProblem] = createSignal<string>();
  const [isAsking, setAsking] = createSignal(false);
  onMount(() => void pushState().then(setPush));
  const muted = () => workspace.collection('noticeChoice').byId(noticeChoiceId(workspace.me().memberId))?.muted ?? [];
  function hear(kind: NoticeKind, on: boolean): void {
    const label = `${NOTICE_KINDS[kind]} ${on ? 'on' : 'off'}`;
    const sentence = attempt(() => workspace.run(label, (tx) => muteKind(tx, { kind, muted: !on })));
    if (sentence) toaster?.show({ tone: 'failed', text: sentence });
  }
  async function show(on: boolean): Promise<void> {
    setNotifyHere(on);
    setDevice(on ? await askToNotify() : notifyState());
    if (!on) await tellWhenClosed(false);
  }
  async function tellWhenClosed(on: boolean): Promise<void> {
    if (on) await show(true);
    setProblem(undefined);
    setAsking(true);
    setProblem(on && device() !== 'on' ? HINTS[device()] : await switchPush(on));
    setPush(await pushState());
    setAsking(false);
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title="What to hear of"
      description="The same on all your devices."
      actions={
        <Button variant="primary" onClick={() => props.onClose()}>
          Done
        </Button>
      }
    >
      <div class="inboxset">
        <For each={Object.keys(NOTICE_KINDS) as NoticeKind[]}>
          {(kind) => (
            <Switch
              label={NOTICE_KINDS[kind]}
              checked={!muted().includes(kind)}
              disabled={!workspace.canWrite()}
              onChange={(on) => hear(kind, on)}
            />
          )}
        </For>
        <Show when={!workspace.canWrite()}>
          <p class="fg-3 fs-12">Your role reads only, so this stays as it is.</p>
        </Show>
        <h3 class="inboxset__head">On this device</h3>
        <Switch
          label="Notifications"
          hint={HINTS[device()]}
          checked={device() === 'on'}
          disabled={device() === 'blocked' || device() === 'impossible'}
          onChange={(on) => void show(on)}
        />
        <Show when={push() !== 'impossible'}>
          <Switch
            label="Also while Rapport is closed"
            hint={
              isAsking()
                ? 'Asking the push service of your browser.'
                : 'Your server sends it, sealed, through the push service of your browser.'
            }
            checked={push() === 'on' && device() === 'on'}
            disabled={device() === 'blocked' || device() === 'impossible' || isAsking()}
            onChange={(on) => void tellWhenClosed(on)}
          />
        </Show>
        <Refusal text={problem()} />
      </div>
    </Dialog>
  );
}
