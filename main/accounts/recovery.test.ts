import { expect, it } from 'vitest';
import { createRecovery } from './recovery.ts';

function setUp() {
  let answer: (isFound: boolean) => void = () => undefined;
  const answered = new Promise<boolean>((resolve) => {
    answer = resolve;
  });
  const shown: string[] = [];
  let isOpen = false;
  const recovery = createRecovery({
    recover: () => answered,
    isOpen: () => isOpen,
    show: async () => void shown.push('files'),
  });
  return {
    recovery,
    answer,
    open: () => {
      isOpen = true;
    },
    shown,
  };
}

it('an account that is found in the keychain is shown', async () => {
  const { recovery, answer, shown } = setUp();
  const work = recovery.open();
  answer(true);
  await work;
  expect(shown).toEqual(['files']);
});

it('an account that is found late does not take the place of a key that a person has begun to type', async () => {
  const { recovery, answer, shown } = setUp();
  const work = recovery.open();
  recovery.noteBegun();
  answer(true);
  await work;
  expect(shown).toEqual([]);
});

it('an account that is found late does not take the place of one that was connected', async () => {
  const { recovery, answer, shown, open } = setUp();
  const work = recovery.open();
  open();
  answer(true);
  await work;
  expect(shown).toEqual([]);
});

it('without an account in the keychain nothing is shown', async () => {
  const { recovery, answer, shown } = setUp();
  const work = recovery.open();
  answer(false);
  await work;
  expect(shown).toEqual([]);
});
