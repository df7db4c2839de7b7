import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { texts } from '../texts/texts.ts';

/** The choices that few need. */
export interface AdvancedProps {
  readonly endpoint: string;
  readonly hasProblem: boolean;
  readonly onChange: (endpoint: string) => void;
}

/** Draws the disclosure with the endpoint; it opens by itself when the endpoint is what went wrong. */
export function Advanced({ endpoint, hasProblem, onChange }: AdvancedProps) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const words = texts.connect;
  return (
    <Disclosure className="connect-advanced" isExpanded={isOpen || hasProblem} onExpandedChange={setIsOpen}>
      <AriaButton slot="trigger" className="connect-advanced-trigger">
        <ChevronRight size={14} aria-hidden="true" />
        {words.advanced}
      </AriaButton>
      <DisclosurePanel>
        <div className="connect-field connect-endpoint">
          <label htmlFor={id} className="connect-label">
            {words.endpoint}
          </label>
          <input
            id={id}
            type="text"
            inputMode="url"
            className="connect-input"
            value={endpoint}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            aria-invalid={hasProblem}
            aria-describedby={`${id}-detail`}
            onChange={(event) => onChange(event.target.value)}
          />
          <p id={`${id}-detail`} className="connect-detail">
            {words.endpointDetail}
          </p>
        </div>
      </DisclosurePanel>
    </Disclosure>
  );
}
