import { type ReactNode, useId } from 'react';
import { Dialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './button.tsx';
import './alert-dialog.css';

/** A question that must be answered before something happens that harms. */
export interface AlertDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What has to be filled in first; none unless told. */
  readonly field?: ReactNode;
  readonly cancel: string;
  readonly confirm: string;
  readonly isConfirmDisabled?: boolean;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

/** Asks the question; the focus is on Cancel, so that Enter and Escape both do nothing. */
export function AlertDialog(props: AlertDialogProps) {
  const { title, children, field, cancel, confirm, isConfirmDisabled = false, onCancel, onConfirm } = props;
  const contentId = useId();
  return (
    <ModalOverlay
      className="alert-backdrop"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onCancel();
      }}
    >
      <Modal className="alert-modal">
        <Dialog role="alertdialog" className="alert-dialog" aria-describedby={contentId}>
          <Heading slot="title" className="alert-title selectable">
            {title}
          </Heading>
          <div id={contentId} className="alert-content">
            {children}
          </div>
          {field}
          <div className="alert-buttons">
            <Button onPress={onCancel} hasAutoFocus>
              {cancel}
            </Button>
            <Button look="danger" isDisabled={isConfirmDisabled} onPress={onConfirm}>
              {confirm}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
