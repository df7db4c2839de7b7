import { type ReactNode, useRef, useState } from 'react';
import { Button, IconButton } from './button.tsx';
import type { MenuAction, MenuPopover } from './menu-popover.tsx';

/** A button that opens a menu. */
export interface MenuButtonProps {
  readonly children: ReactNode;
  readonly label: string;
  /** `icon`, unless told otherwise, shows a hint with the label; `plain` is for content that says it. */
  readonly look?: 'icon' | 'plain';
  readonly actions: readonly MenuAction[];
  readonly className?: string;
  readonly hintEdge?: 'start' | 'end';
}

/**
 * Draws a button that opens a menu of actions. A menu's code is needed when it opens, not when the window
 * does: it is fetched as soon as a press may follow, and the menu is drawn when it is open and its code is there.
 */
export function MenuButton(props: MenuButtonProps) {
  const { children, label, look = 'icon', actions, className, hintEdge } = props;
  const [isOpen, setIsOpen] = useState(false);
  const [Popover, setPopover] = useState<typeof MenuPopover | null>(null);
  const load = () => {
    if (Popover === null)
      void import('./menu-popover.tsx').then((menu) => setPopover(() => menu.MenuPopover));
  };
  const Trigger = look === 'icon' ? IconButton : Button;
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Trigger
        ref={trigger}
        label={label}
        popup="menu"
        isExpanded={isOpen}
        onIntent={load}
        onPress={() => setIsOpen(true)}
        {...(className === undefined ? {} : { className })}
        {...(hintEdge === undefined ? {} : { hintEdge })}
      >
        {children}
      </Trigger>
      {isOpen && Popover !== null ? (
        <Popover label={label} actions={actions} trigger={trigger} onClose={() => setIsOpen(false)} />
      ) : null}
    </>
  );
}
