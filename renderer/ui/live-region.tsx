import { type ReactNode, useEffect, useState } from 'react';

/**
 * Holds news for screen readers. They announce what changes inside a region that is already there, so the content
 * follows one frame after the region itself.
 */
export function LiveRegion(props: {
  readonly role: 'status' | 'alert';
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const [isThere, setIsThere] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setIsThere(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <div role={props.role} {...(props.className === undefined ? {} : { className: props.className })}>
      {isThere ? props.children : null}
    </div>
  );
}
