import { testCrash } from './crash-test.ts';
import { testDeletionCrash } from './deletion-crash.ts';
import { CRASH_POINTS } from './points/crash-points.ts';
import { FEW_DELETION_POINTS, MORE_DELETION_POINTS } from './points/deletions.ts';

for (const point of CRASH_POINTS) testCrash(point);
for (const point of [...FEW_DELETION_POINTS, ...MORE_DELETION_POINTS]) testDeletionCrash(point);
