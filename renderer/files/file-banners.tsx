import { CircleAlert, Info, WifiOff } from 'lucide-react';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { ConnectButton } from '../accounts/connect-button.tsx';
import { describeError } from '../texts/describe-error.ts';
import { texts } from '../texts/texts.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';

/** Draws what must be known about the list as a whole: that it is not complete, and why. */
export function FileBanners(props: { readonly status: FileIndexStatus; readonly onRefresh: () => void }) {
  const { status, onRefresh } = props;
  const { error, unreadableRows } = status;
  return (
    <>
      {status.phase === 'failed' && error !== null ? (
        <FailureBanner error={error} onRefresh={onRefresh} />
      ) : null}
      {unreadableRows === 0 ? null : (
        <Banner
          tone="quiet"
          icon={<Info size={16} aria-hidden="true" />}
          title={texts.files.states.unreadable(unreadableRows)}
        />
      )}
    </>
  );
}

function FailureBanner(props: {
  readonly error: NonNullable<FileIndexStatus['error']>;
  readonly onRefresh: () => void;
}) {
  const { title, meaning, action, quote } = describeError(props.error, 'list');
  const isOffline = props.error.code === 'offline';
  const Icon = isOffline ? WifiOff : CircleAlert;
  return (
    <Banner
      tone={isOffline ? 'warning' : 'danger'}
      icon={<Icon size={16} aria-hidden="true" />}
      title={title}
      detail={`${meaning} ${action}`}
      quote={quote}
    >
      <Button onPress={props.onRefresh}>{texts.files.states.retry}</Button>
      {props.error.code === 'unauthorized' ? <ConnectButton /> : null}
    </Banner>
  );
}
