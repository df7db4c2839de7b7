import { Keyboard } from 'lucide-react';
import { texts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import './shortcuts-button.css';

/** Draws the button that opens the list of keys, at the end of the sidebar. */
export function ShortcutsButton({ onPress }: { readonly onPress: () => void }) {
  const words = texts.shortcuts;
  return (
    <Button look="quiet" className="shortcuts-button" label={words.title} popup="dialog" onPress={onPress}>
      <Keyboard size={16} aria-hidden="true" />
      <span className="shortcuts-button-words">{words.title}</span>
    </Button>
  );
}
