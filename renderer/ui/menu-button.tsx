import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { IconButton } from './button.tsx';
import type { MenuAction } from './menu-popover.tsx';

// A menu's code is needed when it opens, not when the window does.
const MenuPopover = lazy(async () => ({ default: (await import('./menu-popover.tsx')).MenuPopover }));

/** A button that opens a menu. */
export interface MenuButtonProps {
  readonly children: ReactNode;
  readonly label: string;
  readonly actions: readonly MenuAction[];
  readonly className?: string;
  readonly hintEdge?: 'start' | 'end';
}

/** Draws a button with an icon that opens a menu of actions. */
export function MenuButton({ children, label, actions, className, hintEdge }: MenuButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <>
      <IconButton
        ref={trigger}
        label={label}
        popup="menu"
        isExpanded={isOpen}
        onPress={() => setIsOpen(true)}
        {...(className === undefined ? {} : { className })}
        {...(hintEdge === undefined ? {} : { hintEdge })}
      >
        {children}
      </IconButton>
      {isOpen && (
        <Suspense fallback={null}>
          <MenuPopover label={label} actions={actions} trigger={trigger} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
