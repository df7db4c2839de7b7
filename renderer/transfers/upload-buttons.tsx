import { ChevronDown, FolderUp, Upload } from 'lucide-react';
import { useRef } from 'react';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { MenuButton } from '../ui/menu-button.tsx';
import { FileInput } from './file-input.tsx';
import { uploadFolder } from './uploads.ts';
import './upload-buttons.css';

/** Draws the button that chooses files to upload, and beside it the other ways. */
export function UploadButtons() {
  const input = useRef<HTMLInputElement>(null);
  const words = texts.files.toolbar;
  return (
    <div className="upload-buttons">
      <Button look="primary" className="upload-button" onPress={() => input.current?.click()}>
        <Upload size={16} aria-hidden="true" />
        {words.upload}
      </Button>
      <MenuButton
        label={words.moreUploads}
        className="upload-more"
        actions={[
          {
            id: 'files',
            label: words.uploadFiles,
            icon: <Upload size={16} aria-hidden="true" />,
            onAction: () => input.current?.click(),
          },
          {
            id: 'folder',
            label: words.uploadFolder,
            icon: <FolderUp size={16} aria-hidden="true" />,
            onAction: () => void uploadFolder(),
          },
        ]}
      >
        <ChevronDown size={14} />
      </MenuButton>
      <FileInput field={input} />
    </div>
  );
}
