import { type AppError, AppFailure } from '#app/errors.ts';

/**
 * How much of an upload's body had left when it failed.
 * `nothing`: no byte of it was given to a connection, or the server answered with a plain refusal.
 * `part`: some of it was, its end was not; the server cannot have a whole request.
 * `all`: its end was given to a connection; the server may hold the file.
 */
export type BodyReach = 'nothing' | 'part' | 'all';

/** An upload that did not succeed, or is not known to have. */
export class UploadFailure extends AppFailure {
  readonly reached: BodyReach;

  constructor(error: AppError, reached: BodyReach, options?: ErrorOptions) {
    super(error, options);
    this.name = 'UploadFailure';
    this.reached = reached;
  }
}
