import type { ReactNode, RefObject } from 'react';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import './menu-popover.css';

/** One line of a menu. */
export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly onAction: () => void;
}

/** An open menu. */
export interface MenuPopoverProps {
  readonly label: string;
  readonly actions: readonly MenuAction[];
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
}

/** Draws an open menu below its button; the focus goes to the first line and back to the button. */
export function MenuPopover({ label, actions, trigger, onClose }: MenuPopoverProps) {
  return (
    <Popover
      className="menu-popover"
      aria-label={label}
      triggerRef={trigger}
      placement="bottom start"
      offset={4}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Menu className="menu" aria-label={label} autoFocus="first" onClose={onClose}>
        {actions.map((action) => (
          <MenuItem
            key={action.id}
            id={action.id}
            className="menu-item"
            textValue={action.label}
            onAction={action.onAction}
          >
            {action.icon}
            <span className="menu-item-label">{action.label}</span>
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}
