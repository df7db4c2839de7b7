import { Dialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { texts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { SHORTCUT_GROUPS, type Shortcut } from './shortcuts.ts';
import '../../ui/alert-dialog.css';
import './shortcuts-dialog.css';

/** Lists what the keyboard can do, by where it can; Escape closes it and gives the focus back. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const words = texts.shortcuts;
  return (
    <ModalOverlay
      className="alert-backdrop"
      isDismissable
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="alert-modal shortcuts-modal">
        <Dialog className="alert-dialog">
          <Heading slot="title" className="alert-title">
            {words.title}
          </Heading>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without a stop in it the keyboard could not scroll it. */}
          <section className="shortcuts-groups" tabIndex={0} aria-label={words.list}>
            {SHORTCUT_GROUPS.map((group) => (
              <section key={group.title} className="shortcuts-group">
                <h3 className="shortcuts-group-title">{group.title}</h3>
                <dl>
                  {group.shortcuts.map((shortcut) => (
                    <ShortcutLine key={shortcut.does} shortcut={shortcut} />
                  ))}
                </dl>
              </section>
            ))}
          </section>
          <div className="alert-buttons">
            <Button onPress={onClose} hasAutoFocus>
              {words.close}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function ShortcutLine({ shortcut }: { readonly shortcut: Shortcut }) {
  return (
    <div className="shortcut">
      <dt className="shortcut-does">{shortcut.does}</dt>
      <dd className="shortcut-keys">
        {shortcut.keys.map((combination) => (
          <span key={combination.join(' ')} className="shortcut-combination">
            {combination.map((key) => (
              <kbd key={key} className="shortcut-key">
                {key}
              </kbd>
            ))}
          </span>
        ))}
      </dd>
    </div>
  );
}
