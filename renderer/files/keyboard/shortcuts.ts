import { texts } from '../../texts/texts.ts';

/** What some keys do; each of the combinations does it. */
export interface Shortcut {
  readonly does: string;
  /** Keys that are pressed together, by the names that stand on them. */
  readonly keys: readonly (readonly string[])[];
}

/** Shortcuts that hold in one place. */
export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

const isMac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac');
const { keys, groups, does } = texts.shortcuts;
const command = isMac ? '⌘' : keys.control;
const alt = isMac ? '⌥' : keys.alt;
const shift = isMac ? '⇧' : keys.shift;

/** Everything that the keyboard can do in the main window beyond the Tab key. */
export const SHORTCUT_GROUPS: readonly ShortcutGroup[] = [
  {
    title: groups.rows,
    shortcuts: [
      { does: does.move, keys: [['↑'], ['↓']] },
      { does: does.moveFar, keys: [[keys.home], [keys.end]] },
      { does: does.moveScreen, keys: [[keys.pageUp], [keys.pageDown]] },
      { does: does.type, keys: [[keys.letters]] },
      { does: does.open, keys: [[keys.enter]] },
      { does: does.delete, keys: [isMac ? ['⌘', '⌫'] : [keys.delete]] },
    ],
  },
  {
    title: groups.selection,
    shortcuts: [
      { does: does.toggle, keys: [[keys.space]] },
      {
        does: does.extend,
        keys: [
          [shift, '↑'],
          [shift, '↓'],
        ],
      },
      {
        does: does.extendFar,
        keys: [
          [shift, keys.home],
          [shift, keys.end],
        ],
      },
      {
        does: does.extendScreen,
        keys: [
          [shift, keys.pageUp],
          [shift, keys.pageDown],
        ],
      },
      { does: does.extendHere, keys: [[shift, keys.space]] },
      { does: does.selectPage, keys: [[command, 'A']] },
      { does: does.clear, keys: [[keys.escape]] },
    ],
  },
  {
    title: groups.folders,
    shortcuts: [
      { does: does.enter, keys: [[keys.enter]] },
      {
        does: does.up,
        keys: isMac ? [[alt, '↑']] : [[keys.backspace], [alt, '↑'], [alt, '←']],
      },
    ],
  },
  {
    title: groups.pages,
    shortcuts: [
      {
        does: does.turn,
        keys: [
          [alt, keys.pageUp],
          [alt, keys.pageDown],
        ],
      },
      {
        does: does.turnFar,
        keys: [
          [alt, keys.home],
          [alt, keys.end],
        ],
      },
    ],
  },
  {
    title: groups.header,
    shortcuts: [
      { does: does.headerMove, keys: [['←'], ['→']] },
      { does: does.headerMoveFar, keys: [[keys.home], [keys.end]] },
      { does: does.headerLeave, keys: [['↓']] },
      { does: does.sort, keys: [[keys.enter]] },
      {
        does: does.resize,
        keys: [
          [shift, '←'],
          [shift, '→'],
        ],
      },
      {
        does: does.moveColumn,
        keys: [
          [command, '←'],
          [command, '→'],
        ],
      },
    ],
  },
  {
    title: groups.search,
    shortcuts: [
      { does: does.leaveSearch, keys: [[keys.enter], ['↓']] },
      { does: does.clearSearch, keys: [[keys.escape]] },
    ],
  },
  {
    title: groups.window,
    shortcuts: [
      { does: does.search, keys: [[command, 'F']] },
      { does: does.paste, keys: [[command, 'V']] },
      { does: does.undo, keys: [[command, 'Z']] },
      { does: does.refresh, keys: [['F5']] },
      { does: does.shortcuts, keys: [['?'], ['F1']] },
    ],
  },
];
