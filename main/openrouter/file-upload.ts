import type { FileUpload } from '../file-store/file-upload.ts';
import type { BodyReach } from '../file-store/upload-failure.ts';
import type { HttpResponse } from './http.ts';

/** One upload with all that is said about it on the wire. */
export interface UploadRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly upload: FileUpload;
}

/** An answer to an upload, whatever its status, and how much of the body had left when it came. */
export interface UploadResponse extends HttpResponse {
  readonly reached: BodyReach;
  /** Whether it came before the system had taken the body's end, so that the server cannot have read all of it. */
  readonly isEarly: boolean;
}
