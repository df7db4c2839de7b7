import { CircleAlert, History, Info, TriangleAlert, WifiOff } from 'lucide-react';
import type { AppError } from '#app/errors.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { ConnectButton } from '../accounts/connect-button.tsx';
import { texts } from '../texts/texts.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { FocusHome } from '../ui/focus-home.tsx';
import { useErrorWords } from '../ui/use-error-words.ts';

/** Draws what must be known about the list as a whole: that it is not complete, and why. */
export function FileBanners(props: { readonly status: FileIndexStatus; readonly onRefresh: () => void }) {
  const { status, onRefresh } = props;
  const { error, unreadableRows } = status;
  const words = texts.files.states;
  return (
    // A banner goes with the press of its button.
    <FocusHome>
      {status.isFromLastTime && status.phase === 'reading' ? (
        <Banner
          tone="quiet"
          icon={<History size={16} aria-hidden="true" />}
          title={words.fromLastTime}
          detail={words.beingChecked}
        />
      ) : null}
      {status.phase === 'failed' && error !== null ? (
        <FailureBanner error={error} isFromLastTime={status.isFromLastTime} onRefresh={onRefresh} />
      ) : null}
      {status.isFull ? (
        <Banner
          tone="warning"
          icon={<TriangleAlert size={16} aria-hidden="true" />}
          title={words.full(status.knownFiles)}
          detail={words.fullDetail}
        />
      ) : null}
      {unreadableRows === 0 || status.knownFiles === 0 ? null : (
        <Banner
          tone="quiet"
          icon={<Info size={16} aria-hidden="true" />}
          title={words.unreadable(unreadableRows)}
        />
      )}
    </FocusHome>
  );
}

function FailureBanner(props: {
  readonly error: AppError;
  readonly isFromLastTime: boolean;
  readonly onRefresh: () => void;
}) {
  const { title, meaning, action, quote } = useErrorWords(props.error, 'list');
  const isOffline = props.error.code === 'offline';
  const Icon = isOffline ? WifiOff : CircleAlert;
  return (
    <Banner
      tone={isOffline ? 'warning' : 'danger'}
      icon={<Icon size={16} aria-hidden="true" />}
      title={title}
      detail={`${props.isFromLastTime ? texts.files.states.stillFromLastTime : meaning} ${action}`}
      quote={quote}
    >
      <Button onPress={props.onRefresh}>{texts.files.states.retry}</Button>
      {props.error.code === 'unauthorized' ? <ConnectButton /> : null}
    </Banner>
  );
}
