import { type ReactNode, useState } from 'react';
import { type Choice, ChoiceGroup } from './choice-group.tsx';

/** A group of presets of which one holds, or what is typed in fields. */
export interface PresetChoicesProps<Preset extends string> {
  readonly legend: string;
  readonly presets: readonly Choice<Preset>[];
  /** What the choice of the fields is called. */
  readonly customLabel: string;
  /** The preset that says what is let through; null where none does. */
  readonly preset: Preset | null;
  readonly onPreset: (preset: Preset) => void;
  /** The fields. */
  readonly children: ReactNode;
}

const CUSTOM = 'custom';

/** Draws the presets, and the fields while they are chosen. */
export function PresetChoices<Preset extends string>(props: PresetChoicesProps<Preset>) {
  // Chosen by a person: what the fields then hold may be just what a preset says.
  const [isCustom, setIsCustom] = useState(props.preset === null);
  const preset = isCustom ? null : props.preset;
  return (
    <div className="filter-with-fields">
      <ChoiceGroup<Preset | typeof CUSTOM>
        legend={props.legend}
        choices={[...props.presets, { value: CUSTOM, label: props.customLabel }]}
        value={preset ?? CUSTOM}
        onChange={(value) => {
          setIsCustom(value === CUSTOM);
          if (value !== CUSTOM) props.onPreset(value);
        }}
      />
      {preset === null ? props.children : null}
    </div>
  );
}
