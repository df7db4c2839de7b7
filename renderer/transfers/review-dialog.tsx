import { useState } from 'react';
import { Dialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { Transfer } from '#app/transfers/transfer.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { toShortFileName, toShortName } from '../ui/short-name.ts';
import { listForReview, type ReviewEntry } from './review-entries.ts';
import { answerTransfers } from './transfer-commands.ts';
import '../ui/alert-dialog.css';
import '../ui/checkbox.css';
import './review-dialog.css';

/** The queue, of which the dialog lists what waits because a person may not mean it. */
export interface ReviewDialogProps {
  readonly transfers: readonly Transfer[];
  readonly onClose: () => void;
}

/** Lists files that a person may not mean to share; only those that are checked are uploaded, and nothing is at first. */
export function ReviewDialog({ transfers, onClose }: ReviewDialogProps) {
  const words = texts.intake.review;
  const groups = listForReview(transfers);
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const ids = groups.flatMap(({ entries }) => entries.flatMap((entry) => entry.ids));
  const wanted = ids.filter((id) => checked.has(id));
  const toggle = ({ ids: some }: ReviewEntry, isChecked: boolean) => {
    const next = new Set(checked);
    for (const id of some) {
      if (isChecked) next.add(id);
      else next.delete(id);
    }
    setChecked(next);
  };
  const decide = () => {
    onClose();
    const unwanted = ids.filter((id) => !checked.has(id));
    if (wanted.length > 0) void answerTransfers(wanted, 'upload');
    if (unwanted.length > 0) void answerTransfers(unwanted, 'skip');
  };
  return (
    <ModalOverlay
      className="alert-backdrop"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="alert-modal review-modal">
        <Dialog className="alert-dialog">
          <Heading slot="title" className="alert-title">
            {words.title}
          </Heading>
          <p className="alert-content">{words.detail}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without a stop in it the keyboard could not scroll it. */}
          <section className="review-groups" tabIndex={0} aria-label={words.list}>
            {groups.map(({ concern, entries }) => (
              <fieldset key={concern} className="review-group">
                <legend className="review-legend">{words.groups[concern]}</legend>
                {entries.map((entry) => (
                  <label key={entry.ids[0]} className="review-entry">
                    <input
                      type="checkbox"
                      className="checkbox"
                      checked={entry.ids.every((id) => checked.has(id))}
                      onChange={(event) => toggle(entry, event.target.checked)}
                    />
                    <span className="review-name">{describeEntry(entry)}</span>
                  </label>
                ))}
              </fieldset>
            ))}
          </section>
          <div className="alert-buttons">
            <Button onPress={onClose} hasAutoFocus>
              {words.later}
            </Button>
            <Button look="primary" onPress={decide}>
              {wanted.length === 0 ? words.skipAll : words.upload(wanted.length)}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function describeEntry({ kind, name, ids }: ReviewEntry): string {
  const words = texts.intake.review;
  if (kind === 'file') return toShortFileName(name);
  return kind === 'folder' ? words.folder(toShortName(name), ids.length) : words.others(ids.length);
}
