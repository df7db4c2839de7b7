import { EyeOff } from 'lucide-react';
import type { Transfer } from '#app/transfers/transfer.ts';
import { formatFacts } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { QuietNotice } from './notice.tsx';
import { CONCERNS, countConcerns } from './review-entries.ts';
import { answerTransfers } from './transfer-commands.ts';

/** Says that files wait because a person may not mean to share them, and of which kinds they are. */
export function SensitiveNotice(props: {
  readonly transfers: readonly Transfer[];
  readonly ids: readonly string[];
  readonly onReview: () => void;
}) {
  const { transfers, ids, onReview } = props;
  const words = texts.transfers;
  const counts = countConcerns(transfers);
  const facts = CONCERNS.filter((concern) => counts[concern] > 0);
  return (
    <QuietNotice
      icon={<EyeOff size={16} aria-hidden="true" />}
      title={words.questions.sensitive(ids.length, '')}
      detail={formatFacts(facts.map((concern) => texts.intake.review.counts[concern](counts[concern])))}
    >
      <Button popup="dialog" onPress={onReview}>
        {texts.intake.review.open}
      </Button>
      <Button onPress={() => void answerTransfers(ids, 'skip')}>{words.skipShort}</Button>
    </QuietNotice>
  );
}
