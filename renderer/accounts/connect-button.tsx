import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { openConnect } from './account-commands.ts';

/** A button that leads to the connect window: the way on when the key that is there is of no use. */
export function ConnectButton() {
  return <Button onPress={() => void openConnect()}>{texts.accounts.useKey}</Button>;
}
