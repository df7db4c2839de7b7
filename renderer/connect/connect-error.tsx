import type { AppError } from '#app/errors.ts';
import { useErrorWords } from '../ui/use-error-words.ts';

/** Says why the key could not be used and what to do. */
export function ConnectError({ error }: { readonly error: AppError }) {
  const { title, meaning, action, quote } = useErrorWords(error, 'connect');
  return (
    <div className="connect-error selectable" role="alert">
      <strong>{title}</strong>
      <p>
        {meaning} {action}
      </p>
      {quote === null ? null : <p>{quote}</p>}
    </div>
  );
}
