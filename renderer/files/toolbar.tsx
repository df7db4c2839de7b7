import { ArrowDownToLine, PanelRight, RefreshCw, Trash2 } from 'lucide-react';
import { memo, type ReactNode, type RefObject } from 'react';
import { texts } from '../texts/texts.ts';
import { UploadButtons } from '../transfers/upload-buttons.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { SearchField } from '../ui/search-field.tsx';
import './toolbar.css';

/** What the toolbar shows and asks for. */
export interface ToolbarProps {
  /** What narrows the files in view beside the search. */
  readonly filters: ReactNode;
  readonly hasSelection: boolean;
  readonly search: string;
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly isReading: boolean;
  readonly isDetailsOpen: boolean;
  readonly onSave: () => void;
  readonly onDelete: () => void;
  readonly onRefresh: () => void;
  readonly onSearch: (search: string) => void;
  readonly onLeaveSearch: () => void;
  readonly onToggleDetails: () => void;
}

/** Draws what can be done with the files in view and with the selected ones; not again with every page. */
export const Toolbar = memo(function Toolbar(props: ToolbarProps) {
  const { hasSelection, isReading, isDetailsOpen } = props;
  const words = texts.files.toolbar;
  return (
    <div className="toolbar">
      <UploadButtons />
      <div className="toolbar-group">
        <Button look="quiet" isDisabled={!hasSelection} onPress={props.onSave}>
          <ArrowDownToLine size={16} aria-hidden="true" />
          {words.save}
        </Button>
        <Button look="quiet" isDisabled={!hasSelection} onPress={props.onDelete}>
          <Trash2 size={16} aria-hidden="true" />
          {words.delete}
        </Button>
      </div>
      {props.filters}
      <SearchField
        className="toolbar-search"
        label={words.search}
        placeholder={words.searchHint}
        clearLabel={words.clearSearch}
        value={props.search}
        field={props.searchField}
        onChange={props.onSearch}
        onLeave={props.onLeaveSearch}
      />
      <div className="toolbar-group">
        <IconButton
          label={words.refresh}
          hint={`${words.refresh} (F5)`}
          {...(isReading ? { className: 'toolbar-reading' } : {})}
          onPress={props.onRefresh}
        >
          <RefreshCw size={16} />
        </IconButton>
        <IconButton
          label={isDetailsOpen ? words.hideDetails : words.showDetails}
          hintEdge="end"
          {...(isDetailsOpen ? { className: 'toolbar-pressed' } : {})}
          onPress={props.onToggleDetails}
        >
          <PanelRight size={16} />
        </IconButton>
      </div>
    </div>
  );
});
