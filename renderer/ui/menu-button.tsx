import { type ReactNode, useRef, useState } from 'react';
import { IconButton } from './button.tsx';
import type { MenuAction, MenuPopover } from './menu-popover.tsx';

/** A button that opens a menu. */
export interface MenuButtonProps {
  readonly children: ReactNode;
  readonly label: string;
  readonly actions: readonly MenuAction[];
  readonly className?: string;
  readonly hintEdge?: 'start' | 'end';
}

/**
 * Draws a button with an icon that opens a menu of actions. A menu's code is needed when it opens, not when the window
 * does: it is fetched as soon as a press may follow, and the menu is drawn when it is open and its code is there.
 */
export function MenuButton({ children, label, actions, className, hintEdge }: MenuButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [Popover, setPopover] = useState<typeof MenuPopover | null>(null);
  const load = () => {
    if (Popover === null)
      void import('./menu-popover.tsx').then((menu) => setPopover(() => menu.MenuPopover));
  };
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <>
      <IconButton
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
      </IconButton>
      {isOpen && Popover !== null ? (
        <Popover label={label} actions={actions} trigger={trigger} onClose={() => setIsOpen(false)} />
      ) : null}
    </>
  );
}
