import { testCrash } from '../prove/crash-test.ts';
import { testDeletionCrash } from '../prove/deletion-crash.ts';
import { FEW_CRASH_POINTS } from '../prove/points/crash-points.ts';
import { FEW_DELETION_POINTS } from '../prove/points/deletions.ts';

for (const point of FEW_CRASH_POINTS) testCrash(point);
for (const point of FEW_DELETION_POINTS) testDeletionCrash(point);
