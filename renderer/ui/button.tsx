import type { ReactNode, Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import './button.css';

/** A push button; `hint` shows beside the pointer or the focus, for what a short label cannot say. */
export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  /** Called, maybe often, when a press may follow: the pointer or the focus has come to the button, or a press begins. */
  readonly onIntent?: () => void;
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly isDisabled?: boolean;
  readonly type?: 'button' | 'submit';
  /** The accessible name, where the content does not say it. */
  readonly label?: string;
  readonly hint?: string;
  /** On which edge of the button the hint stands, for buttons at the window's right edge. */
  readonly hintEdge?: 'start' | 'end';
  readonly isExpanded?: boolean;
  readonly controls?: string;
  readonly popup?: 'menu' | 'dialog';
  readonly hasAutoFocus?: boolean;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** Draws a button of the visual system; behaviour and keyboard are react-aria's. */
export function Button(props: ButtonProps) {
  const {
    children,
    onPress,
    onIntent,
    look = 'plain',
    label,
    hint,
    hintEdge,
    isExpanded,
    controls,
    popup,
    ref,
  } = props;
  return (
    <AriaButton
      {...(ref === undefined ? {} : { ref })}
      className={`button button-${look}${props.className === undefined ? '' : ` ${props.className}`}`}
      type={props.type ?? 'button'}
      isDisabled={props.isDisabled ?? false}
      {...(props.hasAutoFocus === true ? { autoFocus: true } : {})}
      {...(onPress === undefined ? {} : { onPress })}
      {...(onIntent === undefined
        ? {}
        : { onHoverStart: onIntent, onFocus: onIntent, onPressStart: onIntent })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(isExpanded === undefined ? {} : { 'aria-expanded': isExpanded })}
      {...(controls === undefined ? {} : { 'aria-controls': controls })}
      {...(popup === undefined ? {} : { 'aria-haspopup': popup })}
      {...(hint === undefined ? {} : { 'data-hint': hint })}
      {...(hintEdge === undefined ? {} : { 'data-hint-edge': hintEdge })}
    >
      {children}
    </AriaButton>
  );
}

/** A button that shows an icon only; its label is its accessible name and, unless told otherwise, its hint. */
export function IconButton(props: ButtonProps & { readonly label: string }) {
  const className = props.className === undefined ? 'button-icon' : `button-icon ${props.className}`;
  return <Button look="quiet" {...props} hint={props.hint ?? props.label} className={className} />;
}
