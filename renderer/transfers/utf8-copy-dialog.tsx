import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { TEXT_ENCODINGS, type TextEncoding } from '#app/files/text-encoding.ts';
import { canUploadUtf8Copy } from '#app/transfers/refused-upload.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import type { Utf8Preview } from '#app/transfers/utf8-copy.ts';
import { toAppError, unwrap } from '../bridge.ts';
import { toLocationKey } from '../files/file-queries.ts';
import { inLocation } from '../location-in-view.ts';
import { describeError } from '../texts/describe-error.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { toShortFileName } from '../ui/short-name.ts';
import { uploadUtf8Copies } from './transfer-commands.ts';
import '../ui/alert-dialog.css';
import '../ui/checkbox.css';
import './utf8-copy-dialog.css';

/** What most texts are that are not UTF-8 and of which nothing else is known. */
const LIKELIEST: TextEncoding = 'windows-1252';

/** An upload that failed as its text is not UTF-8, and the queue that it is in. */
export interface Utf8CopyDialogProps {
  readonly transfer: Transfer;
  readonly transfers: readonly Transfer[];
  readonly onClose: () => void;
}

/** Shows how a UTF-8 copy of a text begins, lets the person choose another encoding, and uploads the copy. */
export function Utf8CopyDialog({ transfer, transfers, onClose }: Utf8CopyDialogProps) {
  const words = texts.intake.utf8Copy;
  const detected = toEncoding(transfer);
  const [encoding, setEncoding] = useState(detected ?? LIKELIEST);
  const [includesOthers, setIncludesOthers] = useState(false);
  const preview = usePreview(transfer.id, encoding);
  const others = transfers.filter(
    (other) => other.id !== transfer.id && canUploadUtf8Copy(other) && toEncoding(other) === detected,
  );
  const upload = () => {
    onClose();
    const ids = [transfer.id, ...(includesOthers ? others.map(({ id }) => id) : [])];
    void uploadUtf8Copies(ids, encoding);
  };
  return (
    <ModalOverlay
      className="alert-backdrop"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="alert-modal utf8-modal">
        <Dialog className="alert-dialog">
          <Heading slot="title" className="alert-title">
            {words.title(toShortFileName(transfer.name))}
          </Heading>
          <p className="alert-content">{words.detail}</p>
          <EncodingField encoding={encoding} detected={detected} onChange={setEncoding} />
          <Preview preview={preview.data} error={preview.error} />
          {others.length === 0 ? null : (
            <label className="utf8-others">
              <input
                type="checkbox"
                className="checkbox"
                checked={includesOthers}
                onChange={(event) => setIncludesOthers(event.target.checked)}
              />
              {words.others(others.length)}
            </label>
          )}
          <div className="alert-buttons">
            <Button onPress={onClose}>{words.cancel}</Button>
            <Button
              look="primary"
              hasAutoFocus
              isDisabled={preview.data === undefined || preview.error !== null}
              onPress={upload}
            >
              {words.upload(includesOthers ? others.length + 1 : 1)}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function usePreview(id: string, encoding: TextEncoding) {
  return useQuery({
    queryKey: [...toLocationKey(inLocation()), 'utf8Preview', id, encoding],
    queryFn: () => unwrap(window.files.previewUtf8Copy({ ...inLocation(), id, encoding })),
    // The file may change, and its text has no place in the window afterwards.
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}

function EncodingField(props: {
  readonly encoding: TextEncoding;
  readonly detected: TextEncoding | null;
  readonly onChange: (encoding: TextEncoding) => void;
}) {
  const words = texts.intake.utf8Copy;
  const names = texts.errors.textEncodings;
  return (
    <label className="utf8-encoding">
      {words.encoding}
      <select
        className="utf8-select"
        value={props.encoding}
        onChange={(event) => {
          const chosen = TEXT_ENCODINGS.find((encoding) => encoding === event.target.value);
          if (chosen !== undefined) props.onChange(chosen);
        }}
      >
        {TEXT_ENCODINGS.map((encoding) => (
          <option key={encoding} value={encoding}>
            {encoding === props.detected ? words.detected(names[encoding]) : names[encoding]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Preview(props: { readonly preview: Utf8Preview | undefined; readonly error: Error | null }) {
  const words = texts.intake.utf8Copy;
  const { preview, error } = props;
  if (error !== null) {
    const { title, action } = describeError(toAppError(error), 'upload');
    return (
      <p role="alert" className="utf8-error selectable">
        {texts.transfers.because(title, action)}
      </p>
    );
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without a stop in it the keyboard could not scroll it. */}
      <section className="utf8-preview selectable" tabIndex={0} aria-label={words.preview}>
        <pre dir="auto">{preview?.text ?? ''}</pre>
        {preview === undefined || preview.isWhole ? null : <p className="utf8-more">{words.more}</p>}
      </section>
      {preview?.text.includes('\ufffd') === true ? <p className="utf8-note">{words.replaced}</p> : null}
    </>
  );
}

function toEncoding({ error }: Transfer): TextEncoding | null {
  return error?.code === 'notUtf8' ? error.encoding : null;
}
