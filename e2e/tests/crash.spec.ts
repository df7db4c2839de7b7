import { testCrash } from '../prove/crash-test.ts';
import { FEW_CRASH_POINTS } from '../prove/points/crash-points.ts';

for (const point of FEW_CRASH_POINTS) testCrash(point);
