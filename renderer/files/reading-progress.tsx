import { useEffect, useRef, useState } from 'react';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { texts } from '../texts/texts.ts';
import { announce } from '../ui/announcer.tsx';

/** A reading that is over sooner needs no words, in milliseconds. */
const SHOW_AFTER_MS = 500;

/** Draws how far a reading of the list has come that takes a while; screen readers are told of its start and its end. */
export function ReadingProgress({ status }: { readonly status: FileIndexStatus }) {
  const { phase, readFiles, knownFiles } = status;
  const words = texts.files.reading;
  const isUnderWay = phase === 'reading' && readFiles > 0;
  const [isShown, setIsShown] = useState(false);
  const latest = useRef(status);
  latest.current = status;
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setTimeout(() => setIsShown(true), SHOW_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setIsShown(false);
    };
  }, [isUnderWay]);
  useEffect(() => {
    if (!isShown) return;
    announce(words.progress(latest.current.readFiles, latest.current.knownFiles));
    return () => {
      if (latest.current.phase === 'complete') announce(words.done(latest.current.knownFiles));
    };
  }, [isShown, words]);
  if (!isShown || !isUnderWay) return null;
  return <span className="path-reading">{words.progress(readFiles, knownFiles)}</span>;
}
